package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How sure one model's mAP is: its holdout is drawn with replacement and the model measured anew,
 * by the draws of {@link PairedBootstrap}. Intervals of two models that overlap say little of their
 * difference, for both err on the same images; that is the paired comparison's.
 */
public final class MapBootstrap {
  private final RankedModel model;
  private final ClusterDraws draws;

  private MapBootstrap(RankedModel model, ClusterDraws draws) {
    this.model = model;
    this.draws = draws;
  }

  /**
   * A model on a holdout.
   *
   * @param truth boxes of every image; empty lists for images of background
   * @param detections by image of {@code truth}; images may be absent
   * @param classes length of the campaign's class list
   * @param cluster which images belong together: those of equal keys
   */
  public static MapBootstrap of(
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> detections,
      int classes,
      Function<ImageId, ?> cluster) {
    List<ImageId> images = truth.keySet().stream().sorted().toList();
    return new MapBootstrap(
        RankedModel.of(
            CocoEvaluation.groundTruth(images, truth, classes),
            CocoEvaluation.detections(images, detections, classes)),
        ClusterDraws.of(images, cluster));
  }

  /** Images of the holdout. */
  public int images() {
    return draws.images();
  }

  /** Clusters that they fall into. */
  public int clusters() {
    return draws.clusters();
  }

  /**
   * The mAP in each replicate, fractions in [0, 1]; those that hold no box of any class are left
   * out.
   *
   * @param progress is told of each
   */
  public double[] draw(int replicates, long seed, Runnable progress) {
    double[] map = new double[replicates];
    ClassRanking.Room room = new ClassRanking.Room();
    for (int first = 0; first < replicates; first += ClusterDraws.BLOCK) {
      int[][] weights = draws.block(seed, first, replicates);
      double[][] ap = new double[weights.length][model.classes()];
      model.classAp(weights, ap, room);
      for (int i = 0; i < weights.length; i++) {
        map[first + i] = RankedModel.mean(ap[i]);
        progress.run();
      }
    }
    return Arrays.stream(map).filter(value -> value != CocoResult.UNDEFINED).toArray();
  }
}
