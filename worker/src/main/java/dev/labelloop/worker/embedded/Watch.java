package dev.labelloop.worker.embedded;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Starts a server again that ends although nobody asked it to: killed for memory, or crashed. It
 * comes back on its port with its data, and whoever talks to it tries again; a campaign goes on.
 */
final class Watch {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A server that lived that long was sound; its end starts no row of failures. */
  private static final Duration SOUND = Duration.ofMinutes(1);

  private final Server server;
  private final Children children;
  private final Consumer<String> progress;
  private Duration pause = Duration.ZERO;

  private Watch(Server server, Children children, Consumer<String> progress) {
    this.server = server;
    this.children = children;
    this.progress = progress;
  }

  /** Watches a server until the children are closed. */
  static void over(Server server, Children children, Consumer<String> progress) {
    Thread thread =
        new Thread(new Watch(server, children, progress)::run, "watch-" + server.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (true) {
      long start = System.nanoTime();
      if (!hasEnded(server.process())) {
        return;
      }
      if (System.nanoTime() - start > SOUND.toNanos()) {
        pause = Duration.ZERO;
      }
      do {
        if (children.closedWithin(pause)) {
          return;
        }
        pause = longer(pause);
      } while (!restart());
    }
  }

  /**
   * Waits for the process to end; false if the children are closed before. A process that we did
   * not start ourselves tells nobody of its end, and may stay a zombie: so it is looked at.
   */
  private boolean hasEnded(ProcessHandle process) {
    while (ProcessTable.isAlive(process)) {
      if (children.closedWithin(LOOK)) {
        return false;
      }
    }
    return true;
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.isZero() ? SHORTEST_PAUSE : pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private boolean restart() {
    progress.accept(server.name() + " has ended by itself and is started again");
    try {
      server.restart();
      return true;
    } catch (RuntimeException e) { // any, since without its server no campaign goes on
      progress.accept(server.name() + " cannot be started again: " + e.getMessage());
      return false;
    }
  }
}
