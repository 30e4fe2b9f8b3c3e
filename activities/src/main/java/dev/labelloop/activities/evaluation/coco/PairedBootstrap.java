package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.core.Draws;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How sure a difference in mAP between two models is: images are drawn with replacement, the same
 * ones for both models, and both are measured anew (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, ch. 8 and 13).
 *
 * <p>Draws are weights and are never de-duplicated: a set without its copies is smaller than the
 * one that was drawn in name only, and its interval is a quarter too narrow. Where images belong
 * together (a camera, a video), clusters are drawn whole.
 */
final class PairedBootstrap {
  private final RankedModel champion;
  private final RankedModel challenger;
  private final int[] cluster;
  private final int clusters;

  /**
   * A comparison on one holdout.
   *
   * @param cluster of each image, numbered from 0 without gaps; each image its own, or those that
   *     were taken together
   */
  PairedBootstrap(RankedModel champion, RankedModel challenger, int[] cluster) {
    if (champion.images() != challenger.images() || cluster.length != champion.images()) {
      throw new IllegalArgumentException("both models are measured on the same images");
    }
    this.champion = champion;
    this.challenger = challenger;
    this.cluster = cluster.clone();
    this.clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
  }

  /**
   * The replicates.
   *
   * @param difference of the mAPs, challenger less champion, by replicate; a fraction
   * @param classDifference by class and replicate; NaN where the class is not in the draw
   */
  record Replicates(double[] difference, double[][] classDifference) {}

  /** Draws so many replicates; the same seed draws the same. */
  Replicates draw(int replicates, long seed) {
    double[] difference = new double[replicates];
    double[][] classDifference = new double[champion.classes()][replicates];
    int[] weights = new int[cluster.length];
    double[] before = new double[champion.classes()];
    double[] after = new double[champion.classes()];
    RankedModel.Room room = new RankedModel.Room();
    for (int i = 0; i < replicates; i++) {
      draw(weights, Draws.of(seed, "bootstrap", i));
      champion.classAp(weights, before, room);
      challenger.classAp(weights, after, room);
      difference[i] = RankedModel.mean(after) - RankedModel.mean(before);
      for (int k = 0; k < before.length; k++) {
        classDifference[k][i] =
            before[k] == CocoResult.UNDEFINED ? Double.NaN : after[k] - before[k];
      }
    }
    return new Replicates(difference, classDifference);
  }

  private void draw(int[] weights, RandomGenerator random) {
    int[] drawn = new int[clusters];
    for (int i = 0; i < clusters; i++) {
      drawn[random.nextInt(clusters)]++;
    }
    for (int image = 0; image < weights.length; image++) {
      weights[image] = drawn[cluster[image]];
    }
  }
}
