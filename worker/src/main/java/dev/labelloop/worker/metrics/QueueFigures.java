package dev.labelloop.worker.metrics;

import dev.labelloop.worker.client.QueueBacklog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How long work waits on Temporal's queues. */
public final class QueueFigures {
  /** Each look goes through several parts of the server, which keep their own sums as long. */
  static final Duration SAMPLED = Duration.ofSeconds(10);

  private final MultiGauge age;
  private final MultiGauge tasks;

  QueueFigures(MeterRegistry registry) {
    age =
        MultiGauge.builder("labelloop.queue.age")
            .baseUnit("seconds")
            .description("Since the oldest task that waits on the queue was put there")
            .register(registry);
    tasks =
        MultiGauge.builder("labelloop.queue.waiting.tasks")
            .description("Tasks that wait on the queue, as the server estimates")
            .register(registry);
  }

  /** Adds them to every scrape; the question is asked every ten seconds at most. */
  public static void addTo(Metrics metrics, Callable<List<QueueBacklog>> question) {
    QueueFigures gauges = new QueueFigures(metrics.registry());
    Callable<List<QueueBacklog>> sampled = new Sampled<>(question, System::nanoTime);
    metrics.add(new Figures<>(metrics, "temporal", sampled, gauges::show, List.of()));
  }

  void show(List<QueueBacklog> queues) {
    put(age, queues, queue -> queue.age().toMillis() / 1e3);
    put(tasks, queues, QueueBacklog::tasks);
  }

  private static void put(
      MultiGauge gauge, List<QueueBacklog> queues, ToDoubleFunction<QueueBacklog> value) {
    gauge.register(
        queues.stream()
            .<Row<?>>map(q -> Row.of(Tags.of("queue", q.queue()), value.applyAsDouble(q)))
            .toList(),
        true);
  }

  /** Repeats an answer until it is ten seconds old. Asked by one thread. */
  static final class Sampled<T> implements Callable<T> {
    private final Callable<T> question;
    private final LongSupplier nanoTime;
    private @Nullable T answer;
    private long answeredAt;

    Sampled(Callable<T> question, LongSupplier nanoTime) {
      this.question = question;
      this.nanoTime = nanoTime;
    }

    @Override
    public T call() throws Exception {
      T known = answer;
      if (known != null && nanoTime.getAsLong() - answeredAt < SAMPLED.toNanos()) {
        return known;
      }
      answer = null; // an old one is not given out again, even if this fails
      T fresh = question.call();
      answer = fresh;
      answeredAt = nanoTime.getAsLong();
      return fresh;
    }
  }
}
