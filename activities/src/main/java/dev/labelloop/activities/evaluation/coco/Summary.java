package dev.labelloop.activities.evaluation.coco;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures that pycocotools and lvis-api print, in their order. */
final class Summary {
  /** pycocotools computes its first number at this limit, whatever the limits are. */
  private static final int FIRST_LIMIT = 100;

  private final CocoArrays arrays;
  private final NumpySum sum;
  private final int last;
  private final Map<String, Double> figures = new LinkedHashMap<>();

  private Summary(CocoArrays arrays, NumpySum sum) {
    this.arrays = arrays;
    this.sum = sum;
    this.last = arrays.protocol.limits() - 1;
  }

  /** Figures by name: fractions in [0, 1], or {@link CocoResult#UNDEFINED}. */
  static Map<String, Double> of(CocoArrays arrays, GroundTruth truth, NumpySum sum) {
    Summary summary = new Summary(arrays, sum);
    switch (arrays.protocol.rules()) {
      case COCO -> summary.coco();
      case LVIS -> summary.lvis(truth);
    }
    return summary.figures;
  }

  private void coco() {
    int[] classes = arrays.everyClass();
    int first = arrays.protocol.limitIndex(FIRST_LIMIT);
    figures.put("AP", arrays.averagePrecision(sum, arrays.everyThreshold(), classes, 0, first));
    precisions("small", "medium", "large");
    for (int limit = 0; limit <= last; limit++) {
      recall("AR" + arrays.protocol.limit(limit), AreaRange.ALL.name(), limit);
    }
    for (AreaRange size : AreaRange.SIZES) {
      recall("AR" + size.name(), size.name(), last);
    }
  }

  private void lvis(GroundTruth truth) {
    int[] classes = arrays.everyClass();
    figures.put("AP", arrays.averagePrecision(sum, arrays.everyThreshold(), classes, 0, last));
    precisions("s", "m", "l");
    groupPrecision("APr", truth.categoriesOf(Frequency.RARE));
    groupPrecision("APc", truth.categoriesOf(Frequency.COMMON));
    groupPrecision("APf", truth.categoriesOf(Frequency.FREQUENT));
    String limit = "@" + arrays.protocol.mostDetections();
    recall("AR" + limit, AreaRange.ALL.name(), last);
    for (AreaRange size : AreaRange.SIZES) {
      recall("AR" + size.name().charAt(0) + limit, size.name(), last);
    }
  }

  /** AP50, AP75, and AP by size, whose names end as given. */
  private void precisions(String... sizes) {
    int[] classes = arrays.everyClass();
    figures.put("AP50", arrays.averagePrecision(sum, arrays.threshold(0.5), classes, 0, last));
    figures.put("AP75", arrays.averagePrecision(sum, arrays.threshold(0.75), classes, 0, last));
    for (int i = 0; i < sizes.length; i++) {
      int area = arrays.protocol.areaIndex(AreaRange.SIZES.get(i).name());
      double ap = arrays.averagePrecision(sum, arrays.everyThreshold(), classes, area, last);
      figures.put("AP" + sizes[i], ap);
    }
  }

  private void groupPrecision(String name, int[] classes) {
    figures.put(name, arrays.averagePrecision(sum, arrays.everyThreshold(), classes, 0, last));
  }

  private void recall(String name, String area, int limit) {
    int place = arrays.protocol.areaIndex(area);
    double ar =
        arrays.averageRecall(sum, arrays.everyThreshold(), arrays.everyClass(), place, limit);
    figures.put(name, ar);
  }
}
