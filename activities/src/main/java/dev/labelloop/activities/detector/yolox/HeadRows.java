package dev.labelloop.activities.detector.yolox;

import dev.labelloop.activities.detector.ClassMatching;
import dev.labelloop.activities.detector.weights.Tensor;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Moves pretrained values into a network whose head has other classes. */
final class HeadRows {
  private static final String CLASS_PREDICTORS = "head.cls_preds.";

  private HeadRows() {}

  /**
   * Copies every tensor; of the class predictors only the rows of classes known by name.
   *
   * @param into the drawn values of the new network; replaced where the source knows better
   * @param known takes the classes whose rows came over
   */
  static void copy(
      SortedMap<String, Tensor> source,
      List<String> sourceClasses,
      SortedMap<String, Tensor> into,
      List<String> classes,
      Set<String> known) {
    source.forEach(
        (name, tensor) -> {
          if (!name.startsWith(CLASS_PREDICTORS)) {
            into.put(name, tensor);
          }
        });
    for (int c = 0; c < classes.size(); c++) {
      int row = ClassMatching.find(classes.get(c), sourceClasses);
      if (row >= 0) {
        known.add(classes.get(c));
        for (String name : into.keySet()) {
          Tensor from = source.get(name);
          Tensor to = into.get(name);
          if (name.startsWith(CLASS_PREDICTORS) && from != null && to != null) {
            int width = from.data().length / sourceClasses.size();
            System.arraycopy(from.data(), row * width, to.data(), c * width, width);
          }
        }
      }
    }
  }
}
