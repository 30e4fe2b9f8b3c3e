package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What an evaluation measured. */
public final class CocoResult {
  /** COCO's mark of a figure that does not exist; left out of every mean. */
  public static final double UNDEFINED = -1;

  private static final double AT_50 = 0.5;

  private final GroundTruth truth;
  private final CocoArrays arrays;
  private final int[] truths;
  private final int[] detections;

  /**
   * A result.
   *
   * @param truths boxes that count, by class
   * @param detections within the limit, by class
   */
  CocoResult(GroundTruth truth, CocoArrays arrays, int[] truths, int[] detections) {
    this.truth = truth;
    this.arrays = arrays;
    this.truths = truths;
    this.detections = detections;
  }

  /**
   * One class's figures over all sizes, at the largest limit of detections.
   *
   * @param id of the category in its file
   * @param ap over all IoU thresholds: a fraction in [0, 1], or {@link CocoResult#UNDEFINED}
   * @param ap50 the same at IoU .50; undefined also where that is not measured
   * @param ar recall over all IoU thresholds, likewise
   * @param truths boxes that count
   * @param detections that were looked at
   */
  public record ClassFigures(
      long id, String name, double ap, double ap50, double ar, int truths, int detections) {}

  /**
   * Figures of one area range, at the largest limit of detections.
   *
   * @param ap over all IoU thresholds: a fraction in [0, 1], or {@link CocoResult#UNDEFINED}
   * @param ar recall over all IoU thresholds, likewise
   */
  public record AreaFigures(AreaRange area, double ap, double ar) {}

  /** The names of {@link #stats()}: pycocotools' 12 numbers, or lvis-api's 13. */
  public List<String> statNames() {
    return List.copyOf(Summary.of(arrays, truth, NumpySum.TREE).keySet());
  }

  /**
   * The numbers that pycocotools or lvis-api prints, fractions in [0, 1] or {@link #UNDEFINED}, as
   * with numpy from 2.3 on.
   */
  public double[] stats() {
    return stats(NumpySum.TREE);
  }

  /** The same numbers on a numpy that sums this way. */
  public double[] stats(NumpySum sum) {
    return Summary.of(arrays, truth, sum).values().stream().mapToDouble(v -> v).toArray();
  }

  /** mAP over all thresholds at the largest limit: a fraction in [0, 1], or {@link #UNDEFINED}. */
  public double map() {
    return map(NumpySum.TREE);
  }

  double map(NumpySum sum) {
    return ap(sum, arrays.everyThreshold(), arrays.everyClass(), 0);
  }

  /** AP at IoU .50 at the largest limit: a fraction in [0, 1], or {@link #UNDEFINED}. */
  public double ap50() {
    return ap50(NumpySum.TREE);
  }

  double ap50(NumpySum sum) {
    return ap(sum, arrays.threshold(AT_50), arrays.everyClass(), 0);
  }

  /** Each class, by ascending category id. */
  public List<ClassFigures> perClass() {
    return IntStream.range(0, truth.categories()).mapToObj(this::ofClass).toList();
  }

  private ClassFigures ofClass(int k) {
    int[] only = {k};
    return new ClassFigures(
        truth.categoryId(k),
        truth.categoryName(k),
        ap(NumpySum.TREE, arrays.everyThreshold(), only, 0),
        ap(NumpySum.TREE, arrays.threshold(AT_50), only, 0),
        ar(only, 0),
        truths[k],
        detections[k]);
  }

  /** Each area range, in the protocol's order. */
  public List<AreaFigures> perArea() {
    return IntStream.range(0, arrays.protocol.areas()).mapToObj(this::ofArea).toList();
  }

  private AreaFigures ofArea(int area) {
    int[] classes = arrays.everyClass();
    return new AreaFigures(
        arrays.protocol.area(area),
        ap(NumpySum.TREE, arrays.everyThreshold(), classes, area),
        ar(classes, area));
  }

  /** Writes the precision-recall curves of all classes, as {@link CurvesFile} says. */
  public void writeCurves(Path file) throws IOException {
    CurvesFile.write(file, truth, arrays);
  }

  /** The array {@code precision} as in {@link CocoArrays}; not a copy. */
  double[] precision() {
    return arrays.precision;
  }

  /** The array {@code recall}; not a copy. */
  double[] recall() {
    return arrays.recall;
  }

  /** The array {@code scores}; not a copy. */
  double[] scores() {
    return arrays.scores;
  }

  private double ap(NumpySum sum, int[] thresholds, int[] classes, int area) {
    return arrays.averagePrecision(sum, thresholds, classes, area, arrays.protocol.limits() - 1);
  }

  private double ar(int[] classes, int area) {
    int[] thresholds = arrays.everyThreshold();
    int last = arrays.protocol.limits() - 1;
    return arrays.averageRecall(NumpySum.TREE, thresholds, classes, area, last);
  }
}
