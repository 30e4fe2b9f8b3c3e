package dev.labelloop.activities.detector.weights;

import java.util.Arrays;

/**
 * A named array of float32, in row-major order.
 *
 * @param shape sizes of the axes; empty for a scalar
 * @param data as many values as the product of the sizes
 */
public record Tensor(long[] shape, float[] data) {
  public Tensor {
    if (count(shape) != data.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + data.length + " values");
    }
  }

  /** A vector. */
  public static Tensor of(float... values) {
    return new Tensor(new long[] {values.length}, values);
  }

  /** Whether the shape is this one. */
  public boolean hasShape(long... sizes) {
    return Arrays.equals(shape, sizes);
  }

  static long count(long[] shape) {
    long n = 1;
    for (long size : shape) {
      n = Math.multiplyExact(n, size);
    }
    return n;
  }
}
