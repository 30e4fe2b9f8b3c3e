package dev.labelloop.activities.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A PNG file (PNG specification, third edition, section 5): a signature, then chunks of length,
 * type, data and checksum, the first IHDR, the last IEND.
 */
record PngImage(byte[] file, String name, int width, int height, Orientation orientation)
    implements EncodedImage {
  private static final int SIGNATURE_BYTES = 8;
  private static final int AROUND_DATA = 12; // length, type, checksum
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966; // "eXIf"

  /** Bit 5 of the type's first letter: lower case, so a decoder may do without the chunk. */
  private static final int ANCILLARY = 0x20000000;

  static PngImage open(byte[] file, String name) {
    ByteBuffer chunks = ByteBuffer.wrap(file);
    int at = SIGNATURE_BYTES;
    if (file.length < at + AROUND_DATA + 13 || chunks.getInt(at + 4) != IHDR) {
      throw new ImageRejectedException(
          name + " is no whole PNG file: its header is missing, copy it again");
    }
    int width = chunks.getInt(at + 8);
    int height = chunks.getInt(at + 12);
    Orientation orientation = Orientation.UPRIGHT;
    while (at + AROUND_DATA <= file.length) {
      int length = chunks.getInt(at);
      int type = chunks.getInt(at + 4);
      if (length < 0 || length > file.length - at - AROUND_DATA) {
        break;
      }
      requireChecksum(chunks, at, length, type, name);
      if (type == EXIF) {
        orientation = Exif.orientation(file, at + 8, at + 8 + length);
      }
      if (type == IEND) {
        return new PngImage(file, name, width, height, orientation);
      }
      at += AROUND_DATA + length;
    }
    throw new ImageRejectedException(
        name + " is cut off: its " + file.length + " bytes hold no end, copy it again");
  }

  private static void requireChecksum(
      ByteBuffer chunks, int at, int length, int type, String name) {
    if ((type & ANCILLARY) != 0) {
      return;
    }
    CRC32 crc = new CRC32();
    crc.update(chunks.slice(at + 4, length + 4));
    if ((int) crc.getValue() != chunks.getInt(at + 8 + length)) {
      throw new ImageRejectedException(
          name + " is damaged at byte " + at + ": a checksum does not hold, copy it again");
    }
  }

  @Override
  public byte[] decode() {
    return Pixels.rgb(new ImageIoReader("png", name).image(file, width, height));
  }
}
