package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.sandbox.ProcessEnd.Kind;
import java.util.Optional;

/**
 * How often the process died while it was alone with one picture, and when that is proof.
 *
 * <p>Only tries count in which the process was up, had its model and was given this picture alone.
 */
final class Suspicion {
  /** Once may be a stray particle, or a fault of an earlier picture that came out late. */
  static final int CRASHES = 2;

  /**
   * SIGKILL may be the system's for want of memory, and comes again with the same picture; or a
   * person's, or an accident's, who will hardly meet the same picture so often: each try lasts a
   * fraction of a second and comes seconds after the last.
   */
  static final int KILLS = 5;

  private final String path;
  private int crashes;
  private int kills;

  Suspicion(String path) {
    this.path = path;
  }

  /** The reason to keep the picture away from now on, once there is one. */
  Optional<String> add(ProcessEnd end) {
    if (end.kind() == Kind.KILLED) {
      kills++;
    } else {
      crashes++;
    }
    if (crashes == CRASHES) {
      String did = end.kind() == Kind.HUNG ? "hung" : "crashed";
      return Optional.of(
          path
              + " "
              + did
              + " the process that reads pictures twice ("
              + end.text()
              + "): save it anew as PNG for another campaign, or remove it");
    }
    return kills == KILLS
        ? Optional.of(
            "the process that reads pictures was killed "
                + KILLS
                + " times while it was alone with "
                + path
                + " ("
                + end.text()
                + ", perhaps for want of memory): make it smaller for another campaign, or remove it")
        : Optional.empty();
  }
}
