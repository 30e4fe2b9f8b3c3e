package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the holdout with errors that people would see.
 *
 * @param weight what it is ranked by: 1 for each object not found, the confidence for each false
 *     detection; greater than 0
 * @param objects its truth
 * @param detections those that people are shown, by falling confidence
 */
public record WorstPicture(
    ImageId image, double weight, List<Truth> objects, List<Found> detections) {
  /** As many as a person looks through; also what bounds the size of an analysis. */
  static final int MOST = 50;

  /** An object, and whether a detection that people are shown has found it. */
  public record Truth(Box box, String className, boolean found) {}

  /** A detection, and what is wrong with it; null if nothing is. */
  public record Found(Box box, String className, double confidence, @Nullable ErrorType error) {}

  private record Ranked(ImageId id, ImageErrors image, double weight) {}

  /** The pictures of the greatest weight; of equal ones the lower id. */
  static List<WorstPicture> of(Map<ImageId, ImageErrors> shown, List<String> classes) {
    List<Ranked> all = new ArrayList<>();
    shown.forEach((id, image) -> all.add(new Ranked(id, image, weight(image))));
    return all.stream()
        .filter(ranked -> ranked.weight > 0)
        .sorted(Comparator.comparingDouble(Ranked::weight).reversed().thenComparing(Ranked::id))
        .limit(MOST)
        .map(ranked -> picture(ranked, classes))
        .toList();
  }

  private static double weight(ImageErrors image) {
    double weight = 0;
    for (int d = 0; d < image.matching().found().size(); d++) {
      weight += image.type(d) == null ? 0 : image.matching().found().get(d).confidence();
    }
    for (int t = 0; t < image.matching().truth().size(); t++) {
      weight += image.matching().foundBy(t) == Matching.NONE ? 1 : 0;
    }
    return weight;
  }

  private static WorstPicture picture(Ranked ranked, List<String> classes) {
    Matching matching = ranked.image.matching();
    List<Truth> objects = new ArrayList<>();
    for (LabelledBox object : matching.truth()) {
      boolean found = matching.foundBy(objects.size()) != Matching.NONE;
      objects.add(new Truth(object.box(), classes.get(object.classIndex()), found));
    }
    List<Found> detections = new ArrayList<>();
    for (Detection d : matching.found()) {
      ErrorType error = ranked.image.type(detections.size());
      detections.add(new Found(d.box(), classes.get(d.classIndex()), d.confidence(), error));
    }
    return new WorstPicture(ranked.id, ranked.weight, objects, detections);
  }
}
