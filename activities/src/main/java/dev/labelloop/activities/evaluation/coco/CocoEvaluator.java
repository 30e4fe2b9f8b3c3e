package dev.labelloop.activities.evaluation.coco;

/**
 * COCO's box evaluation: its arrays equal those of pycocotools 2.0.11 in every bit.
 *
 * <p>A class is a run of rows, an image a run inside it; each such cell is matched once for all
 * areas and thresholds ({@link CellMatcher}), then the class is ranked once for all areas, limits
 * and thresholds ({@link ClassCurves}).
 */
final class CocoEvaluator {
  private final Protocol protocol;

  CocoEvaluator(Protocol protocol) {
    this.protocol = protocol;
  }

  /** Takes a class's matches, which are valid until it returns. */
  interface ClassWork {
    void take(int category, ClassMatches matches);
  }

  CocoResult evaluate(GroundTruth truth, Detections detections) {
    ClassCurves curves = new ClassCurves(protocol, truth.categories());
    matchEach(truth, truth.judged(detections, protocol.mostDetections()), curves::add);
    return curves.result(truth);
  }

  /** Matches class after class. */
  void matchEach(GroundTruth truth, Detections detections, ClassWork work) {
    int categories = truth.categories();
    int images = truth.images();
    Rows truths = new Rows(truth.boxes.byCategoryAndImage(categories, images), truth.boxes);
    Rows found =
        new Rows(detections.boxes.byCategoryAndImage(categories, images), detections.boxes);
    CellMatcher matcher = new CellMatcher(truth, detections, protocol);
    ClassMatches matches = new ClassMatches(protocol.areas());
    for (int category = 0; category < categories; category++) {
      matches.clear();
      int image = nextImage(truths, found, category, images);
      while (image < images) {
        truths.moveTo(category, image);
        found.moveTo(category, image);
        matcher.match(truths, found, matches);
        image = nextImage(truths, found, category, images);
      }
      work.take(category, matches);
    }
  }

  private static int nextImage(Rows truths, Rows found, int category, int none) {
    return Math.min(truths.nextImage(category, none), found.nextImage(category, none));
  }
}
