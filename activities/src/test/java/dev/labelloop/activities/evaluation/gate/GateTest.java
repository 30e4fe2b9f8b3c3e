package dev.labelloop.activities.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.evaluation.coco.PairedBootstrap;
import dev.labelloop.campaign.CampaignSpec.Promotion;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final List<String> CLASSES = List.of("Car", "Bus");
  private static final int ROUNDS = 5;

  /** Images of seven objects, on which a gain of three points of mAP is seen nine times in ten. */
  private static final int HOLDOUT = 500;

  private static final int TRIALS = 500;

  /** Fewer than the gate's own: a bound that wanders a little more. */
  private static final int REPLICATES = 300;

  private static final double CHAMPION = 0.6;
  private static final double HALF_A_POINT_WORSE = 0.5928;
  private static final double THREE_POINTS_BETTER = 0.6430;

  @Test
  void theSimulatedChallengersAreAsGoodAsTheirNamesSay() {
    assertThat(trueGain(HALF_A_POINT_WORSE)).isCloseTo(-0.005, within(0.001));
    assertThat(trueGain(THREE_POINTS_BETTER)).isCloseTo(0.03, within(0.001));
  }

  /** On 240,000 images: give or take 0.0003. */
  private static double trueGain(double challenger) {
    return IntStream.range(0, 6)
        .parallel()
        .mapToDouble(
            seed ->
                SimulatedDetector.meet(1000 + seed, 40_000, CHAMPION, challenger).measured().gain())
        .average()
        .orElseThrow();
  }

  @Test
  void aChallengerThatIsTrulyWorseIsHardlyEverPromoted() {
    assertThat(promoted(HALF_A_POINT_WORSE)).isLessThanOrEqualTo(TRIALS * 5 / 100);
  }

  @Test
  void oneThatIsTrulyBetterIsPromotedNineTimesInTen() {
    assertThat(promoted(THREE_POINTS_BETTER)).isGreaterThanOrEqualTo(TRIALS * 90 / 100);
  }

  /** Each detector is as good as the other over all cameras, and better in some. */
  @Test
  void withFewCamerasOneThatIsNoBetterIsPromotedNoMoreOftenThanIsRisked() {
    // One round: 5 % of risk. By the draws' own quantile it is 5.7 %.
    long promoted =
        IntStream.of(8, 10, 12, 16, 20)
            .mapToLong(
                cameras ->
                    IntStream.range(0, TRIALS)
                        .parallel()
                        .filter(
                            trial ->
                                new Gate(Promotion.by(0), CLASSES, 1, 7)
                                    .decide(
                                        SimulatedDetector.byCamera(trial, cameras),
                                        REPLICATES,
                                        () -> {})
                                    .promoted())
                        .count())
            .sum();

    assertThat(promoted).isLessThanOrEqualTo(5 * TRIALS * 5 / 100);
  }

  private static long promoted(double challenger) {
    return IntStream.range(0, TRIALS)
        .parallel()
        .filter(
            trial ->
                gate(Promotion.by(0))
                    .decide(
                        SimulatedDetector.meet(trial, HOLDOUT, CHAMPION, challenger),
                        REPLICATES,
                        () -> {})
                    .promoted())
        .count();
  }

  @Test
  void aModelIsNotPromotedOverItself() {
    Verdict verdict = decide(Promotion.by(0), SimulatedDetector.meetsItself(1, 50, 0.5));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.lower()).isZero();
    assertThat(verdict.upper()).isZero();
  }

  @Test
  void aHoldoutOfFewImagesMakesNothingSure() {
    // At 1 %: all but one of ten coins, or all, show heads in 11 / 1024 = 1.07 % of throws; of
    // eleven in 12 / 2048 = 0.59 %.
    Verdict verdict = decide(Promotion.by(0), SimulatedDetector.meet(3, 10, 0.3, 0.9));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("10 images or clusters of the holdout are too few");
    assertThat(decide(Promotion.by(0), SimulatedDetector.meet(3, 11, 0.3, 0.9)).reason())
        .doesNotContain("too few");
  }

  @Test
  void aHoldoutWithoutABoxKeepsTheChampionWhateverTheMargin() {
    PairedBootstrap nothing =
        PairedBootstrap.of(Map.of(), Map.of(), Map.of(), CLASSES.size(), image -> image);

    Verdict verdict = decide(Promotion.by(-0.05), nothing);

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("the holdout has no box");
  }

  @Test
  void aNegativeMarginForgivesASmallLoss() {
    PairedBootstrap slightlyWorse = SimulatedDetector.meet(2, 2000, 0.6, 0.59);

    assertThat(decide(Promotion.by(0), slightlyWorse).promoted()).isFalse();
    assertThat(decide(Promotion.by(-0.05), slightlyWorse).promoted()).isTrue();
  }

  @Test
  void aClassBelowItsFloorKeepsTheChampion() {
    Verdict verdict =
        decide(
            new Promotion(0, null, null, Map.of("Bus", 0.99), null),
            SimulatedDetector.meet(3, 200, 0.3, 0.9));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("AP of class Bus is").contains("its floor is 0.9900");
  }

  @Test
  void aFloorThatCannotBeMeasuredKeepsTheChampion() {
    Verdict verdict =
        new Gate(
                new Promotion(0, null, null, Map.of("Truck", 0.1), null),
                List.of("Car", "Bus", "Truck"),
                ROUNDS,
                7)
            .decide(SimulatedDetector.meet(3, 200, 3, 0.3, 0.9), () -> {});

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("no box of class Truck");
    assertThat(verdict.classes()).extracting(Verdict.ClassGain::name).containsExactly("Car", "Bus");
  }

  @Test
  void aClassThatWasForgottenKeepsTheChampion() {
    PairedBootstrap forgets = SimulatedDetector.forgetting(4, 200, 0.2, 0.9);

    Verdict verdict = decide(Promotion.by(0), forgets);

    assertThat(verdict.lower()).isPositive();
    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("class Bus lost");
    assertThat(decide(new Promotion(0, null, 1.0, Map.of(), null), forgets).promoted()).isTrue();
  }

  @Test
  void theRiskOfTheCampaignIsSharedByItsRounds() {
    Verdict verdict = decide(Promotion.by(0), SimulatedDetector.meet(5, 100, 0.5, 0.6));

    assertThat(verdict.risk()).isCloseTo(0.05 / ROUNDS, within(1e-12));
    // What is seen at 1 % four times in five: of 100 images 2.365 √(100 / 99) + 0.842 standard
    // errors, by Student's t of 99 degrees of freedom.
    assertThat(verdict.detectable() / verdict.standardError()).isCloseTo(3.218, within(0.001));
    // Of 20 draws beyond the bound each stands for Φ(−2.376) = 0.00874 of all.
    assertThat(verdict.replicates()).isBetween(2_250, 2_350);
    assertThat(verdict.images()).isEqualTo(100);
    assertThat(verdict.clusters()).isEqualTo(100);
  }

  private static Verdict decide(Promotion rules, PairedBootstrap comparison) {
    return gate(rules).decide(comparison, () -> {});
  }

  private static Gate gate(Promotion rules) {
    return new Gate(rules, CLASSES, ROUNDS, 7);
  }
}
