package dev.labelloop.activities.review.quality;

import dev.labelloop.core.ImageId;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far proposals pull people: how much nearer answers are to them where they are shown than
 * where they are hidden. Which they are is drawn by image, so nothing else differs between the two
 * but chance. Images without proposals pull nobody and are left out of both; of several people's
 * answers to an image, the mean counts once.
 *
 * @param shown mean F1 of answers with the proposals that people saw; NaN where there is none
 * @param shownImages how many images that is
 * @param blind the same with proposals that were hidden
 * @param difference shown less blind; empty where an arm has fewer than two images
 */
public record Pull(
    double shown, int shownImages, double blind, int blindImages, Optional<Difference> difference) {
  private record Key(int round, ImageId image, boolean blind) {}

  static Pull of(List<Given> newest) {
    Map<Key, List<Double>> images = new LinkedHashMap<>();
    for (Given given : newest) {
      if (given.purpose() == Purpose.ACTIVE
          && given.whole()
          && !given.skipped()
          && given.before() == null
          && !given.model().isEmpty()) {
        images
            .computeIfAbsent(
                new Key(given.round(), given.image(), given.blind()), key -> new ArrayList<>())
            .add(Agreement.f1(given.boxes(), Acts.labels(given.model())));
      }
    }
    List<Double> shown = arm(images, false);
    List<Double> blind = arm(images, true);
    return new Pull(
        Difference.mean(shown),
        shown.size(),
        Difference.mean(blind),
        blind.size(),
        Difference.of(shown, blind));
  }

  private static List<Double> arm(Map<Key, List<Double>> images, boolean blind) {
    return images.entrySet().stream()
        .filter(entry -> entry.getKey().blind == blind)
        .map(entry -> Difference.mean(entry.getValue()))
        .toList();
  }
}
