package dev.labelloop.activities.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Windows bitmap: its header gives the size at byte 18, a negative height counts from the top.
 */
record BmpImage(byte[] file, String name, int width, int height) implements EncodedImage {
  private static final int HEADER_BYTES = 26;

  static BmpImage open(byte[] file, String name) {
    if (file.length < HEADER_BYTES) {
      throw new ImageRejectedException(
          name + " is cut off after " + file.length + " bytes: copy it again");
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return new BmpImage(file, name, header.getInt(18), Math.abs(header.getInt(22)));
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public byte[] decode() {
    return Pixels.rgb(new ImageIoReader("bmp", name).image(file, width, height));
  }
}
