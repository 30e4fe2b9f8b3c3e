package dev.labelloop.worker.web.dashboard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers that many people ask for at the same time: one of them does the work, the others wait for
 * it, and for a moment the same answer does. Whoever asks for something else waits for nobody. Only
 * for keys that are few, such as campaigns that exist.
 */
final class Recent<K, V> {
  private final long keptNanos;
  private final Function<K, V> work;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<K, CompletableFuture<Answer<V>>> answers =
      new ConcurrentHashMap<>();

  /**
   * Nothing asked for yet.
   *
   * @param kept from when the work is done
   */
  Recent(Duration kept, Function<K, V> work) {
    this(kept, work, System::nanoTime);
  }

  Recent(Duration kept, Function<K, V> work, LongSupplier nanoTime) {
    this.keptNanos = kept.toNanos();
    this.work = work;
    this.nanoTime = nanoTime;
  }

  private record Answer<V>(long at, V value) {}

  /**
   * The answer; if the work fails, it fails for all who wait for it, and the next one works anew.
   */
  V of(K key) {
    CompletableFuture<Answer<V>> mine = new CompletableFuture<>();
    CompletableFuture<Answer<V>> found =
        answers.compute(key, (k, known) -> known != null && stands(known) ? known : mine);
    if (found == mine) {
      answer(key, mine); // outside of the map, whose locks lie on other keys too
    }
    try {
      return found.join().value;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private boolean stands(CompletableFuture<Answer<V>> known) {
    if (!known.isDone()) {
      return true;
    }
    return !known.isCompletedExceptionally() && nanoTime.getAsLong() - known.join().at < keptNanos;
  }

  private void answer(K key, CompletableFuture<Answer<V>> mine) {
    try {
      V value = work.apply(key);
      mine.complete(new Answer<>(nanoTime.getAsLong(), value));
    } catch (RuntimeException | Error e) { // of all who wait for it
      mine.completeExceptionally(e);
    }
  }
}
