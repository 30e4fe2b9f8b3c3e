package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.activities.evaluation.coco.Ap50;
import dev.labelloop.activities.evaluation.coco.AreaRange;
import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.CocoResult;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What each type of error costs: the AP50 gained if all errors of the type were mended and nothing
 * else (Bolya et al. 2020, <a href="https://arxiv.org/abs/2008.08115">arXiv 2008.08115</a>).
 *
 * <p>The gains do not add up to what is lost: errors hide one another.
 *
 * @param counts errors by type, over detections of any confidence
 * @param all over all classes and sizes
 * @param classes those with objects in the holdout, in the campaign's order
 * @param sizes COCO's, those with objects in the holdout
 */
public record ErrorTypes(
    Map<ErrorType, Integer> counts, Slice all, List<Slice> classes, List<Slice> sizes) {

  /**
   * Objects of one class or size, or all.
   *
   * @param name of the class or size
   * @param objects in the holdout
   * @param ap50 a fraction in [0, 1]
   * @param gains AP50 gained by mending a type, a fraction; what a class or size gains by mending
   *     the errors of all
   */
  public record Slice(String name, int objects, double ap50, Map<ErrorType, Double> gains) {}

  static ErrorTypes of(Map<ImageId, ImageErrors> images, List<String> classes) {
    Gains gains = new Gains(images, classes.size());
    List<Slice> byClass = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      int index = c;
      gains.add(byClass, classes.get(c), AreaRange.ALL, k -> k == index);
    }
    List<Slice> bySize = new ArrayList<>();
    for (AreaRange size : AreaRange.SIZES) {
      gains.add(bySize, size.name(), size, k -> true);
    }
    return new ErrorTypes(
        counts(images), gains.slice("all", AreaRange.ALL, k -> true), byClass, bySize);
  }

  private static Map<ErrorType, Integer> counts(Map<ImageId, ImageErrors> images) {
    Map<ErrorType, Integer> counts = new EnumMap<>(ErrorType.class);
    for (ErrorType type : ErrorType.values()) {
      counts.put(type, 0);
    }
    for (ImageErrors image : images.values()) {
      for (int d = 0; d < image.matching().found().size(); d++) {
        ErrorType type = image.type(d);
        if (type != null) {
          counts.merge(type, 1, Integer::sum);
        }
      }
      for (int t = 0; t < image.matching().truth().size(); t++) {
        counts.merge(ErrorType.MISSED, image.missed(t) ? 1 : 0, Integer::sum);
      }
    }
    return counts;
  }

  /** AP50 before and after mending each type. */
  private static final class Gains {
    private final Map<ImageId, ImageErrors> images;
    private final int classes;
    private final Ap50 before;
    private final Map<ErrorType, Ap50> after = new EnumMap<>(ErrorType.class);

    Gains(Map<ImageId, ImageErrors> images, int classes) {
      this.images = images;
      this.classes = classes;
      before = mended(images, EnumSet.noneOf(ErrorType.class), classes);
      for (ErrorType type : ErrorType.values()) {
        after.put(type, mended(images, EnumSet.of(type), classes));
      }
    }

    /** Adds a slice if it has objects. */
    void add(List<Slice> slices, String name, AreaRange size, IntPredicate ofClass) {
      Slice slice = slice(name, size, ofClass);
      if (slice.objects() > 0) {
        slices.add(slice);
      }
    }

    Slice slice(String name, AreaRange size, IntPredicate ofClass) {
      int[] counted =
          IntStream.range(0, classes)
              .filter(ofClass)
              .filter(k -> before.of(k, size) != CocoResult.UNDEFINED)
              .toArray();
      double ap50 = mean(before, size, counted);
      Map<ErrorType, Double> gains = new EnumMap<>(ErrorType.class);
      after.forEach((type, ap) -> gains.put(type, mean(ap, size, counted) - ap50));
      return new Slice(
          name,
          objects(t -> ofClass.test(t.classIndex()) && !size.excludes(t.box().area())),
          ap50,
          gains);
    }

    private int objects(Predicate<LabelledBox> which) {
      return (int)
          images.values().stream()
              .flatMap(image -> image.matching().truth().stream())
              .filter(which)
              .count();
    }

    /**
     * Mean over classes; 0 over none, as the score of a holdout without objects. A class whose
     * objects were all missed has none left once that is mended, and nothing to lose: it counts 1,
     * so that every mean is over the same classes.
     */
    private static double mean(Ap50 ap50, AreaRange size, int[] counted) {
      return IntStream.of(counted)
          .mapToDouble(k -> ap50.of(k, size))
          .map(ap -> ap == CocoResult.UNDEFINED ? 1 : ap)
          .average()
          .orElse(0);
    }
  }

  /** AP50 with the errors of these types mended. */
  static Ap50 mended(Map<ImageId, ImageErrors> images, Set<ErrorType> types, int classes) {
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    Map<ImageId, List<Detection>> found = new TreeMap<>();
    images.forEach(
        (id, image) -> {
          truth.put(id, image.truth(types));
          found.put(id, image.found(types));
        });
    return CocoEvaluation.ap50(truth, found, classes);
  }
}
