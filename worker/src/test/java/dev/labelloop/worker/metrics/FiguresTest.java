package dev.labelloop.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.labelloop.worker.client.QueueBacklog;
import dev.labelloop.worker.metrics.QueueFigures.Sampled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final String AGE = "labelloop_queue_age_seconds{queue=\"predict\"}";
  private static final String FAILURES = "labelloop_source_failures_total{source=\"temporal\"}";
  private static final List<QueueBacklog> ONE =
      List.of(new QueueBacklog("predict", 1, Duration.ofSeconds(7)));

  @Test
  void leavesFiguresOutWhileTheirServerFails() {
    AtomicBoolean down = new AtomicBoolean();
    try (Metrics metrics = new Metrics()) {
      show(
          metrics,
          () -> {
            if (down.get()) {
              throw new IllegalStateException("no server answers");
            }
            return ONE;
          });

      assertThat(scrape(metrics).values()).contains(entry(AGE, 7.0), entry(FAILURES, 0.0));
      down.set(true);
      Samples without = scrape(metrics);
      assertThat(without.values()).doesNotContainKey(AGE).contains(entry(FAILURES, 1.0));
      assertThat(without.names()).contains("jvm_memory_used_bytes");
      down.set(false);
      assertThat(scrape(metrics).values()).contains(entry(AGE, 7.0), entry(FAILURES, 1.0));
    }
  }

  @Test
  void waitsForASilentServerOnlyForAWhile() {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    try (Metrics metrics = new Metrics()) {
      show(
          metrics,
          () -> {
            asked.incrementAndGet();
            answer.await();
            return ONE;
          });

      assertThat(scrape(metrics).values()).doesNotContainKey(AGE).contains(entry(FAILURES, 1.0));
      answer.countDown();
      assertThat(scrape(metrics).values()).contains(entry(AGE, 7.0));
      assertThat(asked.get()).isBetween(1, 2); // the second scrape may find the late answer
    }
  }

  @Test
  void repeatsAnAnswerForTenSeconds() throws Exception {
    AtomicLong now = new AtomicLong();
    AtomicInteger asked = new AtomicInteger();
    Sampled<Integer> sampled =
        new Sampled<>(
            () -> {
              if (asked.get() == 2) {
                throw new IllegalStateException("gone");
              }
              return asked.incrementAndGet();
            },
            now::get);

    assertThat(sampled.call()).isEqualTo(1);
    now.set(Duration.ofMillis(9_999).toNanos());
    assertThat(sampled.call()).isEqualTo(1);
    now.set(Duration.ofSeconds(10).toNanos());
    assertThat(sampled.call()).isEqualTo(2);
    now.set(Duration.ofSeconds(20).toNanos());
    assertThatThrownBy(sampled::call).hasMessage("gone"); // rather than an old answer
  }

  private static void show(Metrics metrics, Callable<List<QueueBacklog>> question) {
    QueueFigures gauges = new QueueFigures(metrics.registry());
    metrics.add(new Figures<>(metrics, "temporal", question, gauges::show, List.of()));
  }

  private static Samples scrape(Metrics metrics) {
    return Samples.parse(metrics.scrape());
  }
}
