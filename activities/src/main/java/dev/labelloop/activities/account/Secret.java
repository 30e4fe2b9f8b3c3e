package dev.labelloop.activities.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a session, a token or a link is known by: 256 random bits. The database keeps {@link #hash}
 * alone; no log and no message may have the text, so it is not in {@link #toString}.
 */
public final class Secret {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** A new one. */
  public static Secret fresh() {
    return fresh("");
  }

  /**
   * A new one.
   *
   * @param prefix tells people, and programs that look for leaked secrets, what it is
   */
  public static Secret fresh(String prefix) {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /** What somebody sent, sound or not. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text; for its owner alone. */
  public String text() {
    return text;
  }

  /** SHA-256. Nothing slower is needed: nobody guesses 256 random bits. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
