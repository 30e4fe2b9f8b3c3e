package dev.labelloop.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of a person or a system that the process end (Ctrl-C, SIGTERM): work is put away first.
 */
public final class StopSignal {
  /** Longer than the workers' grace. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CountDownLatch putAway = new CountDownLatch(1);

  /** Completes when the process is asked to end. */
  public CompletableFuture<Void> requested() {
    return requested;
  }

  /** Whether the process is asked to end. */
  public boolean isRequested() {
    return requested.isDone();
  }

  /** Says that work is put away, so that the process may end. */
  public void putAway() {
    putAway.countDown();
  }

  /** For the shutdown hook: asks for the end and waits until work is put away. */
  public void requestAndAwait() {
    requested.complete(null);
    try {
      if (!putAway.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "labelloop: work did not end in " + PATIENCE.toSeconds() + " s, leaving it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
