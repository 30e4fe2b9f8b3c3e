package dev.labelloop.activities.label.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Detection ANY = new Detection(new Box(0, 0, 1, 1), 0, 0.5);

  @Test
  void poolsNeighboursUntilTheSharesRise() {
    // 0 | 1 0 | 1: the second and third fall, so they are pooled to 1/2
    Agreement agreement = of(false, true, false, true);

    assertThat(shares(agreement, 0.1, 0.2, 0.3, 0.4)).containsExactly(0.0, 0.5, 0.5, 1.0);
    assertThat(agreement.seen(0.3)).isEqualTo(2);
  }

  @Test
  void poolsBackAsFarAsNeedBe() {
    // 1 1 0 0: all fall into one step of 2/4
    assertThat(shares(of(true, true, false, false), 0.1, 0.4)).containsExactly(0.5, 0.5);
  }

  @Test
  void betweenWhatWasSeenTheStepBelowHolds() {
    Agreement agreement = of(false, true);

    assertThat(shares(agreement, 0.05, 0.15, 0.2, 0.9)).containsExactly(0.0, 0.0, 1.0, 1.0);
  }

  @Test
  void opinionsThatAreAsSureShareAStep() {
    Agreement agreement =
        Agreement.of(List.of(opinion(0.5, true), opinion(0.5, false), opinion(0.5, true)));

    assertThat(agreement.share(0.5)).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void aContradictionCountsAsOftenAsIsSaid() {
    List<Opinion> opinions = List.of(opinion(0.5, true), opinion(0.5, true), opinion(0.5, false));

    Agreement agreement = Agreement.of(opinions, 3);

    assertThat(agreement.share(0.5)).isEqualTo(2 / 5.0);
    assertThat(agreement.seen(0.5)).as("opinions").isEqualTo(3);
  }

  @Test
  void ofNothingNothingFollows() {
    assertThat(Agreement.of(List.of()).share(1)).isZero();
    assertThat(Agreement.of(List.of()).seen(1)).isZero();
  }

  /** Opinions of sureness 0.1, 0.2 and so on. */
  private static Agreement of(boolean... agrees) {
    List<Opinion> opinions = new ArrayList<>();
    for (int i = 0; i < agrees.length; i++) {
      opinions.add(opinion((i + 1) / 10.0, agrees[i]));
    }
    return Agreement.of(opinions);
  }

  private static Opinion opinion(double sureness, boolean agrees) {
    return new Opinion(SuspicionKind.OVERLOOKED, ANY, sureness, null, agrees);
  }

  private static List<Double> shares(Agreement agreement, double... sureness) {
    List<Double> shares = new ArrayList<>();
    for (double s : sureness) {
      shares.add(agreement.share(s));
    }
    return shares;
  }
}
