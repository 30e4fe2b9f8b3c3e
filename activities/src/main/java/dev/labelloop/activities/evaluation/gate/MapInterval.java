package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.evaluation.coco.MapBootstrap;
import org.apache.commons.statistics.descriptive.Quantile;
import org.jspecify.annotations.Nullable;

/**
 * Between which bounds a model's mAP lies in the world that its holdout was drawn from; stored as
 * it is. It is the expanded percentile interval ({@link SmallSample}).
 *
 * @param lower a fraction; null where the holdout is too small to say
 * @param upper a fraction; null with {@code lower}
 * @param confidence that the bounds hold, in (0, 1)
 * @param replicates drawn
 * @param seed of the draws
 * @param images of the holdout
 * @param clusters that they fall into; as many if each stands alone
 */
public record MapInterval(
    @Nullable Double lower,
    @Nullable Double upper,
    double confidence,
    int replicates,
    long seed,
    int images,
    int clusters) {
  /** The usual one of figures with error bars. */
  private static final double CONFIDENCE = 0.95;

  /** As many as the gate draws at least. */
  private static final int REPLICATES = 2_000;

  /** The interval of a model. */
  public static MapInterval of(MapBootstrap model, long seed, Runnable progress) {
    double risk = (1 - CONFIDENCE) / 2;
    int clusters = model.clusters();
    double[] drawn = isEnough(clusters, risk) ? model.draw(REPLICATES, seed, progress) : none();
    double share = SmallSample.share(risk, clusters);
    return new MapInterval(
        drawn.length == 0 ? null : (Double) quantile(drawn, share),
        drawn.length == 0 ? null : (Double) quantile(drawn, 1 - share),
        CONFIDENCE,
        REPLICATES,
        seed,
        model.images(),
        clusters);
  }

  /** The gate's own condition of {@link Gate}: fewer say nothing that is sure. */
  private static boolean isEnough(int clusters, double risk) {
    return (clusters + 1) * Math.pow(0.5, clusters) <= risk;
  }

  private static double[] none() {
    return new double[0];
  }

  private static double quantile(double[] values, double share) {
    return Quantile.withDefaults().evaluate(values, share);
  }
}
