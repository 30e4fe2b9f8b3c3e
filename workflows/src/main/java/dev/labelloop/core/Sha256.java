package dev.labelloop.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, the hash behind every content id. */
public final class Sha256 {
  private static final int HEX_DIGITS = 64;

  private Sha256() {}

  /** A fresh digest. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The hash of some bytes, 64 lower-case hex digits. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  static void requireHex(String value, String what) {
    boolean ok = value != null && value.length() == HEX_DIGITS;
    for (int i = 0; ok && i < HEX_DIGITS; i++) {
      char c = value.charAt(i);
      ok = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!ok) {
      throw new IllegalArgumentException(
          what + " is not 64 lower-case hex digits: '" + value + "'");
    }
  }
}
