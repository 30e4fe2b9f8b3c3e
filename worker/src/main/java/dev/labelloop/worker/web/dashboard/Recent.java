package dev.labelloop.worker.web.dashboard;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers that many people ask for at the same time: one of them waits for the work, the others for
 * it, and for a moment the same answer does. Only for keys that are few, such as campaigns that
 * exist.
 */
final class Recent<K, V> {
  private final long keptNanos;
  private final Function<K, V> work;
  private final ConcurrentHashMap<K, Answer<V>> answers = new ConcurrentHashMap<>();

  Recent(Duration kept, Function<K, V> work) {
    this.keptNanos = kept.toNanos();
    this.work = work;
  }

  private record Answer<V>(long at, V value) {}

  V of(K key) {
    return answers.compute(
            key,
            (k, known) ->
                known != null && System.nanoTime() - known.at < keptNanos
                    ? known
                    : new Answer<>(System.nanoTime(), work.apply(k)))
        .value;
  }
}
