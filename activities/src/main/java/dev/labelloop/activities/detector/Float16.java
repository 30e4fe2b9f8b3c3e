package dev.labelloop.activities.detector;

/** IEEE 754 binary16, which Java 17 cannot convert by itself. */
public final class Float16 {
  private Float16() {}

  /** The nearest float16, ties to even; beyond 65,504 the largest finite value. */
  public static short of(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.min(Math.abs(value), 65504f);
    if (Float.isNaN(value)) {
      return (short) 0x7e00;
    }
    if (magnitude < 0x1p-14f) { // subnormal: multiples of 2^-24
      return (short) (sign | Math.round(Math.rint(magnitude * 0x1p24f)));
    }
    int m = Float.floatToIntBits(magnitude);
    int rounded = m + 0xfff + ((m >>> 13) & 1);
    return (short) (sign | ((rounded - (112 << 23)) >>> 13));
  }

  /** The value of a float16. */
  public static float toFloat(short half) {
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
