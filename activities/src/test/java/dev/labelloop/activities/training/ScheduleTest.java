package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final double EXACT = 1e-12;

  @Test
  void warmsUpInEqualSteps() {
    Schedule schedule = new Schedule(0.2, 200); // 5 % of 200 steps = 10

    assertThat(schedule.rate(0)).isCloseTo(0.02, within(EXACT));
    assertThat(schedule.rate(4)).isCloseTo(0.10, within(EXACT));
    assertThat(schedule.rate(9)).isCloseTo(0.20, within(EXACT));
  }

  @Test
  void fallsAlongHalfACosineToATwentieth() {
    Schedule schedule = new Schedule(0.2, 210); // warm-up 10, so the middle is 10 + 200 / 2

    assertThat(schedule.rate(10)).isCloseTo(0.2, within(EXACT));
    assertThat(schedule.rate(110)).isCloseTo(0.2 * 0.525, within(EXACT)); // (1 + 0.05) / 2
    assertThat(schedule.rate(209)).isCloseTo(0.01, within(1e-4));
    for (int step = 11; step < 210; step++) {
      assertThat(schedule.rate(step)).isLessThan(schedule.rate(step - 1));
    }
  }

  @Test
  void aTrainingShorterThanTheWarmUpEndsAtThePeak() {
    Schedule schedule = new Schedule(0.3, 3);

    assertThat(schedule.rate(0)).isCloseTo(0.1, within(EXACT));
    assertThat(schedule.rate(2)).isCloseTo(0.3, within(EXACT));
  }
}
