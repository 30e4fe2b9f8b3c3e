package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is measured by which rules: IoU thresholds T, recall points R, areas A, most detections an
 * image M.
 *
 * <p>COCO's thresholds are the doubles that numpy's linspace gives, which are not i/20 and i/100:
 * the ninth IoU threshold is 0.8999999999999999, and ten recall points differ in their last bit.
 */
public final class Protocol {
  /** COCO's IoU thresholds. */
  static final int THRESHOLDS = 10;

  /** As many as fit into half a flag word. */
  public static final int MOST_THRESHOLDS = 16;

  /** As many as fit into one word of bits. */
  public static final int MOST_AREAS = 32;

  static final int RECALL_POINTS = 101;
  private static final double[] IOU = linspace(0.5, 0.95, THRESHOLDS);
  private static final double[] RECALL = linspace(0, 1, RECALL_POINTS);

  /** All four areas at 1, 10 and 100 detections a class and image: what the 12 numbers need. */
  public static final Protocol STANDARD =
      new Protocol(Rules.COCO, IOU, sizes(AreaRange.SIZES), new int[] {1, 10, 100});

  /** All four areas at 300 detections an image: what LVIS's 13 numbers need. */
  public static final Protocol LVIS =
      new Protocol(Rules.LVIS, IOU, sizes(AreaRange.SIZES), new int[] {300});

  /** Objects of all sizes at 100 detections a class and image: what mAP and AP50 need. */
  static final Protocol MAP_ONLY =
      new Protocol(Rules.COCO, IOU, List.of(AreaRange.ALL), new int[] {100});

  /** All four areas at 100 detections a class and image: what AP50 by size needs. */
  static final Protocol BY_SIZE =
      new Protocol(Rules.COCO, new double[] {0.5}, sizes(AreaRange.SIZES), new int[] {100});

  private final Rules rules;
  private final double[] thresholds;
  private final List<AreaRange> areas;
  private final int[] limits;

  private Protocol(Rules rules, double[] thresholds, List<AreaRange> areas, int[] limits) {
    this.rules = rules;
    this.thresholds = thresholds;
    this.areas = areas;
    this.limits = limits;
  }

  /** Whose rules. */
  public enum Rules {
    /** Every image is labelled with every class (Lin et al. 2014). */
    COCO,
    /** Federated: each image is labelled with some of the classes (Gupta et al. 2019). */
    LVIS
  }

  /**
   * The same at other IoU thresholds.
   *
   * @throws IllegalArgumentException if they are none, too many, not ascending or not in (0, 1]
   */
  public Protocol withThresholds(double... iou) {
    if (iou.length == 0 || iou.length > MOST_THRESHOLDS) {
      throw new IllegalArgumentException(
          iou.length + " IoU thresholds: give 1 to " + MOST_THRESHOLDS);
    }
    double before = 0;
    for (double threshold : iou) {
      if (!(threshold > before && threshold <= 1)) {
        throw new IllegalArgumentException(
            "IoU threshold " + threshold + ": write ascending numbers above 0 and up to 1");
      }
      before = threshold;
    }
    return new Protocol(rules, iou.clone(), areas, limits);
  }

  /**
   * The same with other areas besides {@link AreaRange#ALL}, which is always there.
   *
   * @throws IllegalArgumentException if they are too many, or two have one name
   */
  public Protocol withAreas(List<AreaRange> besidesAll) {
    List<AreaRange> all = sizes(besidesAll);
    if (all.size() > MOST_AREAS) {
      throw new IllegalArgumentException(
          besidesAll.size() + " area ranges: give at most " + (MOST_AREAS - 1));
    }
    Set<String> names = new HashSet<>();
    for (AreaRange area : all) {
      if (!names.add(area.name())) {
        throw new IllegalArgumentException(
            "area range "
                + area.name()
                + " is there twice: each has its own name, and all is always measured");
      }
    }
    return new Protocol(rules, thresholds, all, limits);
  }

  /**
   * The same at other limits of detections: by COCO's rules three, each of a class and image; by
   * LVIS's one, of an image.
   *
   * @throws IllegalArgumentException if they are too few or many, or not ascending from 1
   */
  public Protocol withLimits(int... detections) {
    if (detections.length != limits.length) {
      throw new IllegalArgumentException(
          rules == Rules.COCO
              ? "COCO's numbers need three limits of detections, as in 1,10,100"
              : "LVIS has one limit of detections an image, as in 300");
    }
    int before = 0;
    for (int limit : detections) {
      if (limit <= before) {
        throw new IllegalArgumentException(
            "limit of " + limit + " detections: write ascending numbers from 1");
      }
      before = limit;
    }
    return new Protocol(rules, thresholds, areas, detections.clone());
  }

  /** COCO's first range and these. */
  static List<AreaRange> sizes(List<AreaRange> besidesAll) {
    return Stream.concat(Stream.of(AreaRange.ALL), besidesAll.stream()).toList();
  }

  static double recall(int point) {
    return RECALL[point];
  }

  Rules rules() {
    return rules;
  }

  int thresholds() {
    return thresholds.length;
  }

  double threshold(int index) {
    return thresholds[index];
  }

  /** Place of exactly this threshold; -1 if it is not measured. */
  int thresholdIndex(double iou) {
    return Math.max(-1, Arrays.binarySearch(thresholds, iou));
  }

  int areas() {
    return areas.size();
  }

  AreaRange area(int index) {
    return areas.get(index);
  }

  /** Place of an area by its name; -1 if it is not measured. */
  int areaIndex(String name) {
    return areas.stream().map(AreaRange::name).toList().indexOf(name);
  }

  int limits() {
    return limits.length;
  }

  int limit(int index) {
    return limits[index];
  }

  /** Place of exactly this limit; -1 if it is not measured. */
  int limitIndex(int detections) {
    return Math.max(-1, Arrays.binarySearch(limits, detections));
  }

  /** The largest limit: detections beyond it are never looked at. */
  public int mostDetections() {
    return limits[limits.length - 1];
  }

  /**
   * So many numbers from first to last at equal distances: the doubles of numpy's linspace.
   *
   * @param points at least 1
   */
  public static double[] linspace(double first, double last, int points) {
    double step = (last - first) / (points - 1);
    double[] values = new double[points];
    values[0] = first;
    for (int i = 1; i < points - 1; i++) {
      values[i] = i * step + first;
    }
    if (points > 1) {
      values[points - 1] = last;
    }
    return values;
  }
}
