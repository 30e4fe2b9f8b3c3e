package dev.labelloop.activities.selection;

import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws a round's images; pure, and the same in every attempt.
 *
 * <p>The audit is drawn first and from the whole pool, so it is a uniform sample of it. The verify
 * sample is a uniform sample of the images left that hold a pseudo-label candidate. Then come the
 * images whose labels are doubted, the most doubtful first; those of people are not in the pool.
 * The strategy chooses from the rest, and gets what the others could not use. The four are
 * disjoint, and mixed in the order of review.
 */
public final class RoundDraw {
  private static final SelectionStrategy RANDOM = new RandomStrategy();

  private final PoolView pool;
  private final int round;
  private final long seed;
  private final Set<ImageId> taken = new HashSet<>();
  private final List<Drawn> drawn = new ArrayList<>();

  private RoundDraw(PoolView pool, int round, long seed) {
    this.pool = pool;
    this.round = round;
    this.seed = seed;
  }

  /** An image of the round and what it is for. */
  public record Drawn(Pick pick, Purpose purpose) {}

  /**
   * Draws from a pool with predictions.
   *
   * @param pool images without a label
   * @param budget images to draw; a pool that is smaller is drawn whole
   * @param doubted images with labels that a model contradicts, the most doubtful first
   * @param strategy for the active share
   * @param candidateFrom confidence from which a detection is a pseudo-label candidate
   * @param round number
   * @param seed of the campaign
   */
  public static List<Drawn> predicted(
      PoolView pool,
      RoundBudget budget,
      List<Pick> doubted,
      SelectionStrategy strategy,
      double candidateFrom,
      int round,
      long seed) {
    RoundDraw draw = new RoundDraw(pool, round, seed);
    draw.audit(budget);
    draw.sample(
        draw.rest().holding(candidateFrom),
        budget.verify(),
        Purpose.VERIFY,
        "checks labels of the model");
    draw.recheck(doubted, budget.recheck());
    draw.active(strategy, budget.images() - draw.drawn.size());
    return draw.inOrderOfReview();
  }

  /** Draws from a pool without predictions: the whole round is random. */
  public static List<Drawn> unpredicted(PoolView pool, RoundBudget budget, int round, long seed) {
    RoundDraw draw = new RoundDraw(pool, round, seed);
    draw.audit(budget);
    draw.active(RANDOM, budget.images() - draw.drawn.size());
    return draw.inOrderOfReview();
  }

  /**
   * The images in the order of review: mixed, so that a reviewer cannot tell their purpose by their
   * place, and a round cut short by its deadline has answers for every purpose.
   */
  private List<Drawn> inOrderOfReview() {
    drawn.sort(
        Comparator.comparingLong(
                (Drawn d) -> Draws.hash(seed, round, d.pick().image(), "order of review"))
            .thenComparing(d -> d.pick().image()));
    return drawn;
  }

  private void audit(RoundBudget budget) {
    sample(pool, budget.audit(), Purpose.AUDIT, "random audit");
  }

  private void sample(PoolView from, int size, Purpose purpose, String reason) {
    TopRows.highest(from.size(), size, row -> Draws.uniform(seed, round, from.image(row), purpose))
        .forEach(row -> take(Pick.whole(from.image(row), reason), purpose));
  }

  private void recheck(List<Pick> doubted, int most) {
    doubted.stream()
        .filter(pick -> !taken.contains(pick.image()))
        .limit(most)
        .toList()
        .forEach(pick -> take(pick, Purpose.RECHECK));
  }

  private void active(SelectionStrategy strategy, int size) {
    long own = Draws.hash(seed, round, Purpose.ACTIVE);
    for (Pick pick : strategy.select(rest(), size, own)) {
      take(pick, Purpose.ACTIVE);
    }
  }

  private PoolView rest() {
    return pool.without(taken);
  }

  private void take(Pick pick, Purpose purpose) {
    taken.add(pick.image());
    drawn.add(new Drawn(pick, purpose));
  }
}
