package dev.labelloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AmendmentTest {
  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of(
            Amendment.NONE,
            "nothing to amend: give at least one of budget, deadline, target and rounds"),
        Arguments.of(
            new Amendment(5.0, null, null, null),
            "budget is 5.0, must be a share above 0 and at most 1, such as 0.05"),
        Arguments.of(
            new Amendment(Double.NaN, null, null, null),
            "budget is NaN, must be a share above 0 and at most 1, such as 0.05"),
        Arguments.of(
            new Amendment(null, Duration.ZERO, null, null),
            "deadline is PT0S, must be above zero and at most P3650D, such as P1D"),
        Arguments.of(
            new Amendment(null, Duration.ofSeconds(Long.MAX_VALUE), null, null),
            "deadline is PT2562047788015215H30M7S, must be above zero and at most P3650D,"
                + " such as P1D"),
        Arguments.of(
            new Amendment(null, null, 60.0, 0),
            "target is 60.0, must be a mAP above 0 and at most 1, such as 0.6;"
                + " rounds is 0, must be a whole number from 1 to 1000"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void namesEveryKeyAtFaultWithItsValueAndTheMend(Amendment amendment, String message) {
    assertThatThrownBy(amendment::check).hasMessage(message);
  }

  @Test
  void takesTheEndsOfEveryRange() {
    assertThatCode(new Amendment(1.0, Duration.ofDays(3650), 1.0, 1000)::check)
        .doesNotThrowAnyException();
  }

  @Test
  void theLaterWordStandsAndSilenceChangesNothing() {
    Amendment first = new Amendment(0.05, Duration.ofDays(1), null, null);
    Amendment second = new Amendment(0.1, null, 0.6, null);

    assertThat(first.then(second)).isEqualTo(new Amendment(0.1, Duration.ofDays(1), 0.6, null));
    assertThat(first.then(Amendment.NONE)).isEqualTo(first);
  }

  @Test
  void readsLikeASentence() {
    assertThat(new Amendment(0.075, Duration.ofDays(1), 0.6, 5).words())
        .isEqualTo("budget 7.5%, review deadline PT24H, target mAP 0.6, at most 5 rounds");
  }
}
