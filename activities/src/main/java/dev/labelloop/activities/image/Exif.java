package dev.labelloop.activities.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the one Exif tag that matters here: the orientation.
 *
 * <p>An Exif block is a TIFF file (TIFF 6.0, section 2): byte order, the number 42, the offset of a
 * directory; a directory is a count and entries of 12 bytes: tag, type, count, value.
 */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /**
   * The orientation told by a TIFF block; upright if the block is damaged or tells none, which is
   * what browsers and review tools take then.
   *
   * @param from the TIFF block's first byte
   * @param to behind its last byte
   */
  static Orientation orientation(byte[] file, int from, int to) {
    try {
      ByteBuffer tiff = ByteBuffer.wrap(file, from, to - from).slice();
      short order = tiff.getShort();
      if (order == 0x4949) { // "II", Intel
        tiff.order(ByteOrder.LITTLE_ENDIAN);
      } else if (order != 0x4d4d) { // "MM", Motorola
        return Orientation.UPRIGHT;
      }
      if (tiff.getShort() != 42) {
        return Orientation.UPRIGHT;
      }
      return inDirectory(tiff, tiff.getInt());
    } catch (BufferUnderflowException e) {
      return Orientation.UPRIGHT;
    }
  }

  private static Orientation inDirectory(ByteBuffer tiff, int offset) {
    if (offset < 0 || offset > tiff.limit()) {
      return Orientation.UPRIGHT;
    }
    tiff.position(offset);
    int entries = Short.toUnsignedInt(tiff.getShort());
    for (int i = 0; i < entries && tiff.remaining() >= ENTRY_BYTES; i++) {
      int tag = Short.toUnsignedInt(tiff.getShort());
      int type = tiff.getShort();
      int count = tiff.getInt();
      int shortValue = Short.toUnsignedInt(tiff.getShort(tiff.position()));
      int longValue = tiff.getInt();
      if (tag == ORIENTATION && count == 1) {
        return Orientation.ofCode(type == SHORT ? shortValue : type == LONG ? longValue : 0);
      }
    }
    return Orientation.UPRIGHT;
  }
}
