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
  private final NumpySum sum;

  /**
   * A result.
   *
   * @param truths boxes that count, by class
   * @param detections within the limit, by class
   */
  CocoResult(GroundTruth truth, CocoArrays arrays, int[] truths, int[] detections) {
    this(truth, arrays, truths, detections, NumpySum.TREE);
  }

  private CocoResult(
      GroundTruth truth, CocoArrays arrays, int[] truths, int[] detections, NumpySum sum) {
    this.truth = truth;
    this.arrays = arrays;
    this.truths = truths;
    this.detections = detections;
    this.sum = sum;
  }

  /** The same result whose means are those of a numpy that sums this way; else it is the newest. */
  public CocoResult summedBy(NumpySum way) {
    return new CocoResult(truth, arrays, truths, detections, way);
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
    return List.copyOf(Summary.of(arrays, truth, sum).keySet());
  }

  /** The numbers that pycocotools or lvis-api prints, fractions in [0, 1] or {@link #UNDEFINED}. */
  public double[] stats() {
    return Summary.of(arrays, truth, sum).values().stream().mapToDouble(v -> v).toArray();
  }

  /** mAP over all thresholds at the largest limit: a fraction in [0, 1], or {@link #UNDEFINED}. */
  public double map() {
    return ap(arrays.everyThreshold(), arrays.everyClass(), 0);
  }

  /** AP at IoU .50 at the largest limit: a fraction in [0, 1], or {@link #UNDEFINED}. */
  public double ap50() {
    return ap(arrays.threshold(AT_50), arrays.everyClass(), 0);
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
        ap(arrays.everyThreshold(), only, 0),
        ap(arrays.threshold(AT_50), only, 0),
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
        arrays.protocol.area(area), ap(arrays.everyThreshold(), classes, area), ar(classes, area));
  }

  /** Writes the precision-recall curves of all classes, as {@link CurvesFile} says. */
  public void writeCurves(Path file) throws IOException {
    CurvesFile.write(file, truth, arrays);
  }

  /**
   * Writes {@code precision.npy}, {@code recall.npy} and {@code scores.npy}: pycocotools' arrays
   * {@code [T, R, K, A, M]}, {@code [T, K, A, M]} and {@code [T, R, K, A, M]}, in every bit.
   *
   * @param folder that is there
   */
  public void writeArrays(Path folder) throws IOException {
    int t = arrays.protocol.thresholds();
    int a = arrays.protocol.areas();
    int m = arrays.protocol.limits();
    int r = Protocol.RECALL_POINTS;
    NpyFile.write(folder.resolve("precision.npy"), arrays.precision, t, r, arrays.categories, a, m);
    NpyFile.write(folder.resolve("recall.npy"), arrays.recall, t, arrays.categories, a, m);
    NpyFile.write(folder.resolve("scores.npy"), arrays.scores, t, r, arrays.categories, a, m);
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

  private double ap(int[] thresholds, int[] classes, int area) {
    return arrays.averagePrecision(sum, thresholds, classes, area, arrays.protocol.limits() - 1);
  }

  private double ar(int[] classes, int area) {
    int[] thresholds = arrays.everyThreshold();
    int last = arrays.protocol.limits() - 1;
    return arrays.averageRecall(sum, thresholds, classes, area, last);
  }
}
