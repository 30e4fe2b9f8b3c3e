package dev.labelloop.activities.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.sandbox.ProcessEnd.Kind;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  private static final ProcessEnd CRASH = new ProcessEnd(Kind.CRASHED, "signal 11");
  private static final ProcessEnd KILL = new ProcessEnd(Kind.KILLED, "signal 9");
  private static final ProcessEnd HANG = new ProcessEnd(Kind.HUNG, "no answer for 120 seconds");

  private final Suspicion suspicion = new Suspicion("a/b.jpg");

  @Test
  void theSecondCrashIsProof() {
    assertThat(suspicion.add(CRASH)).isEmpty();
    assertThat(suspicion.add(CRASH))
        .contains(
            "a/b.jpg crashed the process that reads pictures twice (signal 11):"
                + " save it anew as PNG for another campaign, or remove it");
  }

  @Test
  void aHangIsWorthACrash() {
    assertThat(suspicion.add(CRASH)).isEmpty();
    assertThat(suspicion.add(HANG))
        .hasValueSatisfying(reason -> assertThat(reason).contains("hung", "120 seconds"));
  }

  @Test
  void killsFromOutsideProveLess() {
    for (int i = 0; i < 4; i++) {
      assertThat(suspicion.add(KILL)).isEmpty();
    }
    assertThat(suspicion.add(KILL))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("killed 5 times", "a/b.jpg", "memory"));
  }

  @Test
  void killsDoNotAddToACrash() {
    assertThat(suspicion.add(KILL)).isEmpty();
    assertThat(suspicion.add(CRASH)).isEmpty();
    assertThat(suspicion.add(KILL)).isEmpty();
    assertThat(suspicion.add(CRASH)).isPresent();
  }
}
