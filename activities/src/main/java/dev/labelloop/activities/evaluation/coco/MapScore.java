package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.evaluation.HoldoutScore;
import java.util.List;

/**
 * A model's score on a campaign's holdout, by COCO's rules.
 *
 * @param score mAP and AP50; 0 where nothing was found, and where the holdout has no box at all
 * @param classes AP of each class that has a box in the holdout, by class index
 */
public record MapScore(HoldoutScore score, List<ClassScore> classes) {
  public MapScore {
    classes = List.copyOf(classes);
  }

  /**
   * One class's score.
   *
   * @param classIndex place in the campaign's class list, from 0
   * @param ap over IoU .50 to .95, a fraction in [0, 1]
   */
  public record ClassScore(int classIndex, double ap) {}
}
