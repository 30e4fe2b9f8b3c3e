package dev.labelloop.activities.image;

import dev.labelloop.activities.image.JpegHeader.Colours;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the segments of a JPEG file (ITU-T T.81, annex B): a marker is 0xFF and a code, most
 * are followed by a length of two bytes that counts itself; entropy-coded data follows each scan
 * header.
 */
final class JpegScanner {
  static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int COM = 0xfe;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;

  private final byte[] file;
  private final String name;
  private int at = 2; // behind SOI

  JpegScanner(byte[] file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Reads up to the first scan.
   *
   * @throws ImageRejectedException if a part is missing or of a kind that is not read
   */
  JpegHeader header() {
    Orientation orientation = Orientation.UPRIGHT;
    boolean jfif = false;
    int adobe = -1; // no such segment
    int frame = -1;
    while (true) {
      int marker = nextMarker();
      if (marker == SOS || marker == EOI) {
        break;
      }
      int end = segmentEnd();
      if (isFrame(marker)) {
        requireReadable(marker, end);
        frame = at;
      } else if (marker == APP0 && begins("JFIF\0", end)) {
        jfif = true;
      } else if (marker == APP1 && begins("Exif\0\0", end)) {
        orientation = Exif.orientation(file, at + 8, end);
      } else if (marker == APP14 && begins("Adobe", end) && end - at >= 14) {
        adobe = file[at + 13] & 0xff;
      }
      at = end;
    }
    if (frame < 0) {
      throw new ImageRejectedException(name + " holds no picture: copy it again");
    }
    int components = file[frame + 7] & 0xff;
    return new JpegHeader(
        number(frame + 5),
        number(frame + 3),
        components,
        orientation,
        colours(components, frame, jfif, adobe),
        adobe >= 0);
  }

  /**
   * Copies tables, frame, scans and the end marker; leaves out application data and comments.
   *
   * @throws ImageRejectedException if the file has no end
   */
  void copyPicture(ByteArrayOutputStream to) {
    while (true) {
      int marker = nextMarker();
      boolean keep = !(marker >= APP0 && marker <= APP15) && marker != COM;
      int start = at;
      if (marker == EOI) {
        to.write(0xff);
        to.write(EOI);
        return;
      }
      at = marker == SOS ? scanEnd(segmentEnd()) : segmentEnd();
      if (keep) {
        to.write(0xff);
        to.write(marker);
        to.write(file, start, at - start);
      }
    }
  }

  /** Steps behind the next marker that is not a fill byte, a restart or a lone byte. */
  private int nextMarker() {
    while (at + 1 < file.length) {
      if (file[at] == (byte) 0xff) {
        int code = file[at + 1] & 0xff;
        if (code != 0 && code != 0xff && code != 1 && !isRestart(code)) {
          at += 2;
          return code;
        }
      }
      at++;
    }
    throw cutOff();
  }

  private int segmentEnd() {
    if (at + 2 > file.length) {
      throw cutOff();
    }
    int length = number(at);
    if (length < 2 || length > file.length - at) {
      throw cutOff();
    }
    return at + length;
  }

  /** The next marker behind entropy-coded data, where 0xFF is followed by 0 or a restart code. */
  private int scanEnd(int from) {
    for (int i = from; i + 1 < file.length; i++) {
      if (file[i] == (byte) 0xff) {
        int code = file[i + 1] & 0xff;
        if (code != 0 && code != 0xff && !isRestart(code)) {
          return i;
        }
      }
    }
    throw cutOff();
  }

  private void requireReadable(int marker, int end) {
    if (marker > 0xc2) {
      throw new ImageRejectedException(
          name
              + " is a lossless or arithmetic-coded JPEG (frame "
              + Integer.toHexString(marker)
              + "), which is not read: save it as baseline JPEG or PNG");
    }
    int components = end - at < 8 ? 0 : file[at + 7] & 0xff;
    if (end - at < 8 + 3 * components || components == 0) {
      throw cutOff();
    }
    int bits = file[at + 2];
    if (bits != 8) {
      throw new ImageRejectedException(
          name + " has " + bits + " bits a sample, only 8 are read: save it as 8-bit JPEG or PNG");
    }
    if (components == 2 || components > 4) {
      throw new ImageRejectedException(
          name + " has " + components + " channels, only 1, 3 and 4 are read: save it as RGB");
    }
  }

  /** What the components mean, by the rules of libjpeg, which everyone else decodes with. */
  private Colours colours(int components, int frame, boolean jfif, int adobe) {
    if (components == 1) {
      return Colours.GREY;
    }
    if (components == 4) {
      return adobe > 0 ? Colours.YCCK : Colours.CMYK;
    }
    if (jfif) {
      return Colours.YCC;
    }
    if (adobe >= 0) {
      return adobe == 0 ? Colours.RGB : Colours.YCC;
    }
    boolean named = file[frame + 8] == 'R' && file[frame + 11] == 'G' && file[frame + 14] == 'B';
    return named ? Colours.RGB : Colours.YCC;
  }

  private boolean begins(String text, int end) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (end - at - 2 < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (file[at + 2 + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int offset) {
    return (file[offset] & 0xff) << 8 | (file[offset + 1] & 0xff);
  }

  private static boolean isRestart(int code) {
    return code >= 0xd0 && code <= 0xd7;
  }

  /** Start of frame: C0 to CF but for tables (C4, CC) and the reserved C8. */
  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  private ImageRejectedException cutOff() {
    return new ImageRejectedException(
        name
            + " is cut off: its "
            + file.length
            + " bytes do not hold the whole picture, copy it again");
  }
}
