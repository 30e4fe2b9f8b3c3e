package dev.labelloop.activities.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTimeTest {
  @ParameterizedTest
  @CsvSource({
    // draw all of 3 or 7 objects: 7.8 + 3 x 7.4 = 30.0 and 7.8 + 7 x 7.4 = 59.6
    "base, 0, 0, 0, 0, 3, 30.0",
    "base, 0, 0, 0, 0, 7, 59.6",
    // 7.8 + 2 x 3.5 + (1 + 1) x 5.7 + 1 x 7.4 + 3 x 3.5 = 44.1
    "base, 2, 1, 1, 3, 1, 44.1",
    // 3.0 + 2 x 1.6 + 2 x 3.8 + 7.0 + 3 x 1.6 = 25.6
    "fast, 2, 1, 1, 3, 1, 25.6",
    // 15.3 + 2 x 9.0 + 2 x 11.2 + 25.5 + 3 x 9.0 = 108.2
    "slow, 2, 1, 1, 3, 1, 108.2"
  })
  void addsUpWhatWasDone(
      String column, int kept, int adjusted, int relabelled, int deleted, int added, double sum) {
    ReviewWork work = new ReviewWork(kept, adjusted, relabelled, deleted, added);

    assertThat(HumanTime.named(column).seconds(work)).isCloseTo(sum, within(1e-9));
  }

  @Test
  void anUnknownColumnIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> HumanTime.named("quick"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'quick'")
        .hasMessageContaining("fast, base or slow");
  }
}
