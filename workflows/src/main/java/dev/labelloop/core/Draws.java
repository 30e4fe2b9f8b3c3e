package dev.labelloop.core;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Random draws that depend on what they are for, never on the order of calls.
 *
 * <p>A draw is keyed by a seed and by words such as the round, the image and the purpose; so a
 * replay after a crash, another thread count or another order of the pool draws the same.
 */
public final class Draws {
  private Draws() {}

  /** A generator of its own for this seed and key. */
  public static RandomGenerator of(long seed, Object... key) {
    return new Random(hash(seed, key));
  }

  /** A uniform number in [0, 1) for this seed and key. */
  public static double uniform(long seed, Object... key) {
    return (hash(seed, key) >>> 11) * 0x1.0p-53;
  }

  /** The first 64 bits of SHA-256 over seed and key. */
  public static long hash(long seed, Object... key) {
    StringBuilder text = new StringBuilder().append(seed);
    for (Object part : key) {
      text.append('\u0000').append(part);
    }
    byte[] digest = Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = (bits << 8) | (digest[i] & 0xff);
    }
    return bits;
  }
}
