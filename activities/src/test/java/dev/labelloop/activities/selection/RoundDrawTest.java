package dev.labelloop.activities.selection;

import static dev.labelloop.activities.selection.Pools.entry;
import static dev.labelloop.activities.selection.Pools.image;
import static dev.labelloop.activities.selection.Pools.many;
import static dev.labelloop.activities.selection.Pools.pool;
import static dev.labelloop.activities.selection.Pools.shuffled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.selection.RoundDraw.Drawn;
import dev.labelloop.core.ImageId;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoundDrawTest {
  private static final SelectionStrategy STRATEGY = new UncertaintyStrategy();
  private static final List<Pools.Entry> POOL = many(200);

  @Test
  void sharesAreRoundedUpInDecimals() {
    // 10 % of 439 = 43.9, up 44; 15 % of 44 = 6.6, up 7; 10 % of 44 = 4.4, up 5; left 32
    assertThat(RoundBudget.of(439, 0.10, 0.15, 0.10, 0)).isEqualTo(new RoundBudget(44, 7, 5, 0));
    assertThat(RoundBudget.of(439, 0.10, 0.15, 0.10, 0).active()).isEqualTo(32);
    // and 5 % of 44 = 2.2, up 3
    assertThat(RoundBudget.of(439, 0.10, 0.15, 0.10, 0.05)).isEqualTo(new RoundBudget(44, 7, 5, 3));
    // 0.1 * 30 is 3.0000000000000004 in doubles, and still 3
    assertThat(RoundBudget.of(30, 0.1, 0, 0, 0)).isEqualTo(new RoundBudget(3, 0, 0, 0));
  }

  @Test
  void theAuditGoesFirstWhenTheSharesDoNotFit() {
    assertThat(RoundBudget.of(1, 1, 0.15, 0.10, 0)).isEqualTo(new RoundBudget(1, 1, 0, 0));
    assertThat(RoundBudget.of(10, 1, 0.8, 0.5, 0)).isEqualTo(new RoundBudget(10, 8, 2, 0));
    assertThat(RoundBudget.of(10, 1, 0.8, 0.1, 0.5)).isEqualTo(new RoundBudget(10, 8, 1, 1));
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatThrownBy(() -> RoundBudget.of(10, 1.5, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a share is in [0, 1]: 1.5");
  }

  @Test
  void drawsThreeDisjointSharesWithinTheBudget() {
    List<Drawn> drawn = draw(pool(POOL), new RoundBudget(40, 6, 4, 0));

    assertThat(images(drawn, Purpose.AUDIT)).hasSize(6);
    assertThat(images(drawn, Purpose.VERIFY)).hasSize(4);
    assertThat(images(drawn, Purpose.ACTIVE)).hasSize(30);
    assertThat(drawn).extracting(d -> d.pick().image()).doesNotHaveDuplicates();
  }

  @Test
  void drawsTheSameWhateverOrderThePoolComesIn() {
    RoundBudget budget = new RoundBudget(40, 6, 4, 0);

    assertThat(draw(pool(shuffled(POOL)), budget)).isEqualTo(draw(pool(POOL), budget));
  }

  @Test
  void anotherRoundDrawsAnotherAudit() {
    RoundBudget budget = new RoundBudget(10, 10, 0, 0);

    assertThat(
            images(
                RoundDraw.predicted(pool(POOL), budget, List.of(), STRATEGY, 0.5, 1, 7),
                Purpose.AUDIT))
        .isNotEqualTo(
            images(
                RoundDraw.predicted(pool(POOL), budget, List.of(), STRATEGY, 0.5, 2, 7),
                Purpose.AUDIT));
  }

  @Test
  void theAuditDoesNotDependOnTheOtherShares() {
    assertThat(images(draw(pool(POOL), new RoundBudget(40, 6, 4, 0)), Purpose.AUDIT))
        .isEqualTo(images(draw(pool(POOL), new RoundBudget(6, 6, 0, 0)), Purpose.AUDIT));
  }

  @Test
  void verifiesOnlyImagesThatHoldCandidatesAndGivesTheRestToTheStrategy() {
    PoolView pool =
        pool(
            entry(image('a'), 0.25, 0.95),
            entry(image('b'), 0.85),
            entry(image('c'), 0.5),
            entry(image('d')));

    List<Drawn> drawn =
        RoundDraw.predicted(pool, new RoundBudget(3, 0, 2, 0), List.of(), STRATEGY, 0.9, 1, 7);

    // only a holds a candidate; of the two left, d (1) and c (0.5) are the least certain
    assertThat(images(drawn, Purpose.VERIFY)).containsExactly(image('a'));
    assertThat(images(drawn, Purpose.ACTIVE)).containsExactlyInAnyOrder(image('d'), image('c'));
  }

  @Test
  void asksAgainAboutTheMostDoubtfulLabelsAndNoImageTwice() {
    PoolView pool = pool(entry(image('a'), 0.95), entry(image('b'), 0.5), entry(image('c')));
    // a is drawn to verify; e and f are labelled and not in the pool; c would be the strategy's
    List<Pick> doubted =
        Stream.of('a', 'e', 'b', 'f').map(name -> Pick.whole(image(name), "doubted")).toList();

    List<Drawn> drawn =
        RoundDraw.predicted(pool, new RoundBudget(4, 0, 1, 2), doubted, STRATEGY, 0.9, 1, 7);

    assertThat(images(drawn, Purpose.VERIFY)).containsExactly(image('a'));
    assertThat(images(drawn, Purpose.RECHECK)).containsExactlyInAnyOrder(image('e'), image('b'));
    assertThat(images(drawn, Purpose.ACTIVE)).containsExactly(image('c'));
  }

  @Test
  void drawsASmallPoolWhole() {
    assertThat(draw(pool(POOL.subList(0, 5)), new RoundBudget(40, 6, 4, 0))).hasSize(5);
  }

  @Test
  void withoutPredictionsTheRoundIsRandom() {
    List<Drawn> drawn = RoundDraw.unpredicted(pool(POOL), new RoundBudget(40, 6, 4, 0), 1, 7);

    assertThat(images(drawn, Purpose.AUDIT)).hasSize(6);
    assertThat(images(drawn, Purpose.ACTIVE)).hasSize(34);
    assertThat(drawn).extracting(d -> d.pick().reason()).contains("drawn at random");
    assertThat(drawn).extracting(d -> d.pick().image()).doesNotHaveDuplicates();
  }

  @Test
  void everyPartOfTheReviewHoldsEveryPurpose() {
    List<Drawn> drawn = draw(pool(POOL), new RoundBudget(100, 30, 20, 0));

    for (int from = 0; from < 100; from += 25) {
      assertThat(drawn.subList(from, from + 25))
          .extracting(Drawn::purpose)
          .contains(Purpose.AUDIT, Purpose.VERIFY, Purpose.ACTIVE);
    }
  }

  private static List<Drawn> draw(PoolView pool, RoundBudget budget) {
    return RoundDraw.predicted(pool, budget, List.of(), STRATEGY, 0.5, 1, 7);
  }

  private static Set<ImageId> images(List<Drawn> drawn, Purpose purpose) {
    return drawn.stream()
        .filter(d -> d.purpose() == purpose)
        .map(d -> d.pick().image())
        .collect(Collectors.toSet());
  }
}
