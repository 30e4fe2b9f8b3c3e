package dev.labelloop.activities.evaluation.coco;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An array of doubles as numpy saves it: version 1.0 of its <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">file format</a>,
 * little-endian, in C order.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** The values begin at a multiple of it, so that the file can be mapped. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK = 8192;

  private NpyFile() {}

  /** Writes the values of an array of this shape, replacing an older file. */
  static void write(Path file, double[] values, int... shape) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header(shape));
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int from = 0; from < values.length; from += CHUNK) {
        int n = Math.min(CHUNK, values.length - from);
        chunk.asDoubleBuffer().put(values, from, n);
        out.write(chunk.array(), 0, n * Double.BYTES);
      }
    }
  }

  private static byte[] header(int[] shape) {
    String sides = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + sides + "), }";
    int before = MAGIC.length + Short.BYTES;
    int padding = Math.floorMod(-(before + text.length() + 1), ALIGNMENT);
    byte[] padded = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(before + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) padded.length)
        .put(padded)
        .array();
  }
}
