package dev.labelloop.worker.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecentTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** More than a map has bins at first, so that some of them share one with the slow key. */
  private static final int OTHERS = 200;

  private final ExecutorService people = Executors.newCachedThreadPool();
  private final AtomicInteger works = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void sendHome() {
    end.countDown();
    people.shutdownNow();
  }

  private int slowly(int key) {
    works.incrementAndGet();
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return key;
  }

  @Test
  void nobodyWaitsForTheAnswerToSomethingElse() throws Exception {
    Recent<Integer, Integer> recent = new Recent<>(LONG, key -> key == 0 ? slowly(key) : key);
    Future<Integer> slow = people.submit(() -> recent.of(0));
    begun.await();

    for (int key = 1; key <= OTHERS; key++) {
      int other = key;
      assertThat(people.submit(() -> recent.of(other)).get(5, TimeUnit.SECONDS)).isEqualTo(other);
    }

    assertThat(slow).isNotDone();
    end.countDown();
    assertThat(slow.get()).isZero();
  }

  @Test
  void thoseWhoAskAtTheSameTimeShareTheWorkHoweverLongItTakes() throws Exception {
    Recent<Integer, Integer> recent = new Recent<>(LONG, this::slowly);
    List<Future<Integer>> all = new ArrayList<>();
    for (int person = 0; person < 8; person++) {
      all.add(people.submit(() -> recent.of(7)));
    }
    begun.await();
    end.countDown();

    for (Future<Integer> one : all) {
      assertThat(one.get()).isEqualTo(7);
    }
    assertThat(works).hasValue(1);
  }

  @Test
  void anAnswerIsKeptFromWhenItIsThere() {
    AtomicLong now = new AtomicLong();
    Recent<Integer, Integer> recent =
        new Recent<>(
            Duration.ofNanos(10),
            key -> {
              now.addAndGet(1_000); // the work takes longer than its answer is kept
              return works.incrementAndGet();
            },
            now::get);

    assertThat(recent.of(7)).isEqualTo(1);
    now.addAndGet(9);
    assertThat(recent.of(7)).isEqualTo(1);
    now.addAndGet(1);
    assertThat(recent.of(7)).isEqualTo(2);
  }

  @Test
  void whatFailedIsNotKept() {
    Recent<Integer, Integer> recent =
        new Recent<>(
            LONG,
            key -> {
              if (works.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
              }
              return key;
            });

    assertThatThrownBy(() -> recent.of(7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no database");
    assertThat(recent.of(7)).isEqualTo(7);
  }
}
