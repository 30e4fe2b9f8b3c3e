package dev.labelloop.activities.image;

import java.nio.charset.StandardCharsets;

/** Kinds of image files, told by their first bytes; a question mark stands for any byte. */
enum ImageFormat {
  JPEG("\u00ff\u00d8\u00ff") {
    @Override
    EncodedImage open(byte[] file, String name) {
      return JpegImage.open(file, name);
    }
  },
  PNG("\u0089PNG\r\n\u001a\n") {
    @Override
    EncodedImage open(byte[] file, String name) {
      return PngImage.open(file, name);
    }
  },
  BMP("BM????\0\0\0\0") {
    @Override
    EncodedImage open(byte[] file, String name) {
      return BmpImage.open(file, name);
    }
  },
  GIF("GIF8"),
  TIFF("II*\0"),
  BIG_ENDIAN_TIFF("MM\0*"),
  WEBP("RIFF????WEBP"),
  HEIF_OR_AVIF("????ftyp"),
  JPEG_XL("\u00ff\n");

  private static final int SHOWN = 12;

  private final String magic;

  ImageFormat(String magic) {
    this.magic = magic;
  }

  /**
   * The format of a file.
   *
   * @throws ImageRejectedException if it is of none of these
   */
  static ImageFormat of(byte[] file, String name) {
    if (file.length == 0) {
      throw new ImageRejectedException(name + " is empty (0 bytes): copy it again or remove it");
    }
    String start = new String(file, 0, Math.min(SHOWN, file.length), StandardCharsets.ISO_8859_1);
    for (ImageFormat format : values()) {
      if (format.begins(start)) {
        return format;
      }
    }
    throw new ImageRejectedException(
        name
            + " is not an image: it begins with '"
            + start.replaceAll("[^ -~]", ".")
            + "'; replace it by a JPEG, PNG or BMP file, or remove it");
  }

  private boolean begins(String start) {
    if (start.length() < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if (magic.charAt(i) != '?' && magic.charAt(i) != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the header.
   *
   * @throws ImageRejectedException if the header is damaged, or the format is not read at all
   */
  EncodedImage open(byte[] file, String name) {
    throw new ImageRejectedException(
        name + " is of format " + this + ", which is not read: convert it to JPEG or PNG");
  }
}
