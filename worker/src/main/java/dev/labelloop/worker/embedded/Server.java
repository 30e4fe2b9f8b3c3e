package dev.labelloop.worker.embedded;

/** A server of a home, which runs as long as this process works there. */
interface Server {
  /** As people call it. */
  String name();

  /** The process that is the server now. */
  ProcessHandle process();

  /**
   * Starts it again where it was, after it ended by itself.
   *
   * @throws EmbeddedException if it does not start
   */
  void restart();
}
