package dev.labelloop.activities;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data beside the project: images, weights, golden outputs. Tests skip loudly without it. */
public final class Shared {
  private Shared() {}

  /** A file or folder under {@code ../shared}; skips the test, saying why, where it is absent. */
  public static Path path(String relative) {
    Path path = root().resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(path),
        () -> "SKIPPED: no " + path + " on this machine, real data is not tested");
    return path;
  }

  private static Path root() {
    // Surefire runs in the module's folder, an IDE in the project's.
    Path here = Path.of("").toAbsolutePath();
    Path project = Files.exists(here.resolve("workflows")) ? here : here.getParent();
    return project.resolveSibling("shared").normalize();
  }
}
