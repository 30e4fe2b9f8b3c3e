package dev.labelloop.activities.sandbox;

/** The picture process ended before it answered. */
final class ProcessDiedException extends Exception {
  private final transient ProcessEnd end;

  ProcessDiedException(ProcessEnd end) {
    super("the process that reads pictures ended: " + end.text());
    this.end = end;
  }

  ProcessEnd end() {
    return end;
  }
}
