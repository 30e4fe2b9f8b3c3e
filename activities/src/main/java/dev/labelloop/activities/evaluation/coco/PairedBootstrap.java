package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How sure a difference in mAP between two models is: images are drawn with replacement, the same
 * ones for both models, and both are measured anew (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, ch. 8 and 13).
 *
 * <p>Draws are weights and are never de-duplicated: a set without its copies is smaller than the
 * one that was drawn in name only, and its interval is a quarter too narrow. Where images belong
 * together (a camera, a video), clusters are drawn whole.
 */
public final class PairedBootstrap {
  private final RankedModel champion;
  private final RankedModel challenger;
  private final ClusterDraws draws;

  /**
   * A comparison on one holdout.
   *
   * @param cluster of each image, numbered from 0 without gaps; each image its own, or those that
   *     were taken together
   */
  PairedBootstrap(RankedModel champion, RankedModel challenger, int[] cluster) {
    this(champion, challenger, new ClusterDraws(cluster));
  }

  private PairedBootstrap(RankedModel champion, RankedModel challenger, ClusterDraws draws) {
    if (champion.images() != challenger.images() || draws.images() != champion.images()) {
      throw new IllegalArgumentException("both models are measured on the same images");
    }
    this.champion = champion;
    this.challenger = challenger;
    this.draws = draws;
  }

  /**
   * Two models on one holdout.
   *
   * @param truth boxes of every image; empty lists for images of background
   * @param champion its detections by image of {@code truth}; images may be absent
   * @param challenger the same of the other model
   * @param classes length of the campaign's class list
   * @param cluster which images belong together: those of equal keys
   */
  public static PairedBootstrap of(
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> champion,
      Map<ImageId, List<Detection>> challenger,
      int classes,
      Function<ImageId, ?> cluster) {
    List<ImageId> images = truth.keySet().stream().sorted().toList();
    GroundTruth gt = CocoEvaluation.groundTruth(images, truth, classes);
    return new PairedBootstrap(
        RankedModel.of(gt, CocoEvaluation.detections(images, champion, classes)),
        RankedModel.of(gt, CocoEvaluation.detections(images, challenger, classes)),
        ClusterDraws.of(images, cluster));
  }

  /** Images that the models are compared on. */
  public int images() {
    return draws.images();
  }

  /** Clusters that they fall into. */
  public int clusters() {
    return draws.clusters();
  }

  /**
   * Both models on the images as they are.
   *
   * @param championAp by class, a fraction in [0, 1], or {@link CocoResult#UNDEFINED}
   * @param challengerAp the same of the other model
   */
  public record Measured(double[] championAp, double[] challengerAp) {
    /** mAP, a fraction in [0, 1]; 0 if no class has a box. */
    public double champion() {
      return Math.max(0, RankedModel.mean(championAp));
    }

    /** mAP, a fraction in [0, 1]; 0 if no class has a box. */
    public double challenger() {
      return Math.max(0, RankedModel.mean(challengerAp));
    }

    /** Challenger less champion. */
    public double gain() {
      return challenger() - champion();
    }

    /** Whether the images hold the class. */
    public boolean isDefined(int classIndex) {
      return championAp[classIndex] != CocoResult.UNDEFINED;
    }
  }

  /** Measures both models on the images as they are. */
  public Measured measured() {
    Block once = new Block(new int[1][draws.images()]);
    Arrays.fill(once.weights[0], 1);
    once.measure();
    return new Measured(once.before[0], once.after[0]);
  }

  /**
   * The replicates.
   *
   * @param difference of the mAPs, challenger less champion, by replicate; a fraction
   * @param classDifference of the APs by class, of those draws that hold it
   */
  public record Replicates(double[] difference, List<Tails> classDifference) {}

  /**
   * Draws so many replicates; the same seed draws the same.
   *
   * @param share of the draws that a class's quantile may lie away from either end, in [0, 0.5]
   * @param progress is told of each
   */
  public Replicates draw(int replicates, double share, long seed, Runnable progress) {
    double[] difference = new double[replicates];
    List<Tails> classDifference =
        Stream.generate(() -> new Tails(replicates, share)).limit(champion.classes()).toList();
    for (int first = 0; first < replicates; first += ClusterDraws.BLOCK) {
      Block block = new Block(draws.block(seed, first, replicates));
      block.measure();
      for (int i = 0; i < block.weights.length; i++) {
        double[] before = block.before[i];
        double[] after = block.after[i];
        difference[first + i] = RankedModel.mean(after) - RankedModel.mean(before);
        for (int k = 0; k < before.length; k++) {
          if (before[k] != CocoResult.UNDEFINED) {
            classDifference.get(k).add(after[k] - before[k]);
          }
        }
        progress.run();
      }
    }
    return new Replicates(difference, classDifference);
  }

  /** Draws that are measured together. */
  private final class Block {
    private final int[][] weights;
    private final double[][] before;
    private final double[][] after;

    Block(int[][] weights) {
      this.weights = weights;
      before = new double[weights.length][champion.classes()];
      after = new double[weights.length][champion.classes()];
    }

    void measure() {
      ClassRanking.Room room = new ClassRanking.Room();
      champion.classAp(weights, before, room);
      challenger.classAp(weights, after, room);
    }
  }
}
