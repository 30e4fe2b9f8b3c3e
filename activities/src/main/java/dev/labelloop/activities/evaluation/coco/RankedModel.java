package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * One model's detections, matched and ranked once, so that its mAP under any weights of the images
 * costs one walk along each class's ranking.
 */
final class RankedModel {
  private static final int FIRST_CAPACITY = 64;

  private final int images;
  private final ClassRanking[] classes;

  private RankedModel(int images, ClassRanking[] classes) {
    this.images = images;
    this.classes = classes;
  }

  /** Matches a model's detections to the truth by COCO's rules for mAP. */
  static RankedModel of(GroundTruth truth, Detections detections) {
    ClassRanking[] classes = new ClassRanking[truth.categories()];
    int[][] truths = countedTruths(truth);
    DescendingOrder byScore = new DescendingOrder();
    new CocoEvaluator(Protocol.MAP_ONLY)
        .matchEach(
            truth,
            detections,
            (category, matches) ->
                classes[category] =
                    new ClassRanking(
                        truths[category], matches, byScore.of(matches.score, matches.size)));
    return new RankedModel(truth.images(), classes);
  }

  private static int[][] countedTruths(GroundTruth truth) {
    int[][] truths = new int[truth.categories()][0];
    int[] size = new int[truth.categories()];
    AreaRange area = Protocol.MAP_ONLY.area(0);
    for (int row = 0; row < truth.boxes.size; row++) {
      if (!truth.crowd.get(row) && !area.excludes(truth.boxes.value[row])) {
        int category = truth.boxes.category[row];
        if (size[category] == truths[category].length) {
          truths[category] =
              Arrays.copyOf(truths[category], Math.max(FIRST_CAPACITY, 2 * size[category]));
        }
        truths[category][size[category]++] = truth.boxes.image[row];
      }
    }
    for (int k = 0; k < truths.length; k++) {
      truths[k] = Arrays.copyOf(truths[k], size[k]);
    }
    return truths;
  }

  int images() {
    return images;
  }

  int classes() {
    return classes.length;
  }

  /**
   * AP of every class under several weights of the images: all weights of one class, then the next,
   * for one class's ranking fits a processor's nearest memory and that of all classes does not.
   *
   * @param weights by draw and place of the image, not negative
   * @param ap is filled by draw and class: fractions in [0, 1], {@link CocoResult#UNDEFINED} for a
   *     class whose truths all weigh nothing
   * @param room to work in, one a thread
   */
  void classAp(int[][] weights, double[][] ap, ClassRanking.Room room) {
    for (int k = 0; k < classes.length; k++) {
      for (int draw = 0; draw < weights.length; draw++) {
        ap[draw][k] = classes[k].ap(weights[draw], room);
      }
    }
  }

  /** Mean of the classes that are defined; {@link CocoResult#UNDEFINED} if none is. */
  static double mean(double[] classAp) {
    double sum = 0;
    int n = 0;
    for (double ap : classAp) {
      if (ap != CocoResult.UNDEFINED) {
        sum += ap;
        n++;
      }
    }
    return n == 0 ? CocoResult.UNDEFINED : sum / n;
  }
}
