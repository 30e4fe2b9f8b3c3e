package dev.labelloop.worker.metrics;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures that a server is asked for when somebody scrapes.
 *
 * <p>A server that is silent or fails must not take the other metrics away: its figures are then
 * left out, rather than repeated as if they were new, and {@code labelloop_source_failures_total}
 * goes up. Not safe for use by several threads at once.
 */
final class Figures<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

  /** Two sources stay below the ten seconds after which Prometheus gives a scrape up. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String source;
  private final Callable<T> question;
  private final Consumer<T> show;
  private final T nothing;
  private final Counter failures;
  private final ExecutorService asker;
  private @Nullable Future<T> pending;
  private boolean answersAsFarAsKnown = true;

  /**
   * Figures of one server.
   *
   * @param source names the server
   * @param question asked on a thread of its own
   * @param show puts an answer into gauges
   * @param nothing the answer that leaves all of them out
   */
  Figures(Metrics metrics, String source, Callable<T> question, Consumer<T> show, T nothing) {
    this.source = source;
    this.question = question;
    this.show = show;
    this.nothing = nothing;
    failures =
        Counter.builder("labelloop.source.failures")
            .description("Scrapes that a server's figures are missing from")
            .tag("source", source)
            .register(metrics.registry());
    asker =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "metrics-" + source);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Asks, and waits for the answer for a while. */
  void refresh() {
    Future<T> asked = pending; // of an earlier scrape that went on without it
    if (asked == null || asked.isDone()) {
      asked = asker.submit(question);
      pending = asked;
    }
    try {
      show.accept(asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      answersAsFarAsKnown = true;
    } catch (ExecutionException e) {
      leaveOut(e.getCause());
    } catch (TimeoutException e) {
      leaveOut(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leaveOut(e);
    }
  }

  private void leaveOut(@Nullable Throwable reason) {
    failures.increment();
    show.accept(nothing);
    if (answersAsFarAsKnown) {
      LOG.warn("metrics go without the figures of {} until it answers", source, reason);
    }
    answersAsFarAsKnown = false;
  }

  @Override
  public void close() {
    asker.shutdownNow();
  }
}
