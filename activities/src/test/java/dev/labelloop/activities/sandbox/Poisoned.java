package dev.labelloop.activities.sandbox;

import java.nio.file.Path;

/** A {@link Sandbox} whose process is {@link PoisonMain}, for tests of other packages. */
public final class Poisoned {
  private Poisoned() {}

  public static Sandbox sandbox(Path logs) {
    return new Sandbox(new Launch(logs, 1, PoisonMain.class));
  }
}
