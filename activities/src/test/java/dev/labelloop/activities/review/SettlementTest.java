package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final Said TWO = said(0, box(0, 0), box(20, 0));
  private static final Said THREE = said(1, box(0, 0), box(20, 0), box(40, 0));
  private static final Said ONE = said(2, box(0, 0));
  private static final Said SKIP = new Said(3, 1, Answers.skipped(image("a")));

  @Test
  void settlesOnWhatIsNearestToAllOthers() {
    // F1: two-three 2*2/5 = 0.8, two-one 2*1/3 = 0.667, three-one 2*1/4 = 0.5; mean 0.656
    assertThat(Settlement.agreement(List.of(TWO, THREE, ONE))).isBetween(0.655, 0.656);
    assertThat(Settlement.agreed(List.of(THREE, TWO, ONE), 3, 0.65)).contains(TWO);
    assertThat(Settlement.agreed(List.of(THREE, TWO, ONE), 3, 0.66)).isEmpty();
  }

  @Test
  void waitsForEverybody() {
    assertThat(Settlement.agreed(List.of(TWO, TWO), 3, 0)).isEmpty();
  }

  @Test
  void whoSkipsAgreesWithWhoSkips() {
    assertThat(Settlement.agreement(List.of(SKIP, SKIP))).isEqualTo(1);
    assertThat(Settlement.agreement(List.of(SKIP, said(1)))).as("with an empty image").isZero();
    assertThat(Settlement.agreed(List.of(SKIP, SKIP), 2, 0.8)).contains(SKIP);
  }

  @Test
  void anAnswerIsBetterThanSkipping() {
    assertThat(Settlement.best(List.of(SKIP, ONE))).isEqualTo(ONE);
    assertThat(Settlement.best(List.of(SKIP))).isEqualTo(SKIP);
  }

  private static Said said(int seat, LabelledBox... boxes) {
    return new Said(seat, 1, Answers.corrected(image("a"), boxes));
  }
}
