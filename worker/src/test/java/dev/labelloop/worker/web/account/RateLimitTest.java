package dev.labelloop.worker.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now = Long.MAX_VALUE - 5; // System.nanoTime may overflow
  private final RateLimit limit = new RateLimit(3, Duration.ofSeconds(10), () -> now);

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  @Test
  void letsSoMuchThroughAtOnceAndThenOneAtATime() {
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take("ann")).isEmpty();
    }
    assertThat(limit.take("ann")).contains(Duration.ofSeconds(10));
    pass(4);
    assertThat(limit.take("ann")).contains(Duration.ofSeconds(6));
    pass(6);
    assertThat(limit.take("ann")).isEmpty();
    assertThat(limit.take("ann")).contains(Duration.ofSeconds(10));
    assertThat(limit.take("bob")).isEmpty();
  }

  @Test
  void hasAllOfItAgainAfterARest() {
    for (int i = 0; i < 3; i++) {
      limit.take("ann");
    }
    pass(1000);
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take("ann")).isEmpty();
    }
    assertThat(limit.take("ann")).isPresent();
  }

  @Test
  void doesNotCountWhatIsGivenBack() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.take("ann")).isEmpty();
      limit.giveBack("ann");
    }
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take("ann")).isEmpty();
    }
    limit.giveBack("nobody");
    assertThat(limit.take("ann")).isPresent();
  }

  @Test
  void knowsNoMoreThanItCanKeep() {
    for (int i = 0; i < 3; i++) {
      limit.take("ann");
    }
    for (int i = 0; i < 9_999; i++) {
      limit.take("stranger " + i);
    }
    assertThat(limit.take("ann")).as("still known").isPresent();

    limit.take("one too many");
    assertThat(limit.known()).isEqualTo(10_000);
    pass(31);
    limit.take("all before are whole again");
    assertThat(limit.known()).isOne();
  }
}
