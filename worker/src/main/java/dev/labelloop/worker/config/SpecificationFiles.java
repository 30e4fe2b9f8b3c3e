package dev.labelloop.worker.config;

import dev.labelloop.activities.dataset.BadDatasetException;
import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the label files that a specification names, so that a mistake in one is told at once
 * and not after the images are read. What needs the images is checked when they are registered.
 */
public final class SpecificationFiles {
  private SpecificationFiles() {}

  /**
   * Checks the holdout and the simulated reviewer's truth.
   *
   * @throws BadInputException with every problem found
   */
  public static void check(CampaignSpec spec) {
    List<String> problems = new ArrayList<>();
    Set<String> measured = check("holdout", spec.holdout().file(), spec, problems);
    Set<String> known = check("review.truth", spec.review().truth(), spec, problems);
    checkImages(spec, problems);
    checkWeights(spec, problems);
    known.removeAll(measured);
    Path images = Path.of(spec.images());
    if (problems.isEmpty()
        && spec.review().truth() != null
        && known.stream().noneMatch(path -> Files.exists(images.resolve(path)))) {
      problems.add(
          "review.truth "
              + spec.review().truth()
              + " knows no image of the pool in "
              + images
              + ": its file_name entries are paths in that folder");
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static void checkImages(CampaignSpec spec, List<String> problems) {
    try {
      var unused = FolderScan.imagePaths(Path.of(spec.images()));
    } catch (BadDatasetException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static void checkWeights(CampaignSpec spec, List<String> problems) {
    String weights = spec.model().weights();
    if (weights == null) {
      return;
    }
    try {
      DetectorFamilies.named(spec.model().family())
          .requireStart(spec.model().size(), ModelFiles.at(Path.of(weights)));
    } catch (InvalidModelException e) {
      problems.add("model.weights: " + e.getMessage());
    }
  }

  /** The paths of the images that the file knows. */
  private static Set<String> check(
      String key, @Nullable String file, CampaignSpec spec, List<String> problems) {
    Set<String> paths = new HashSet<>();
    if (file == null) {
      return paths;
    }
    try {
      LabelFile labels = new CocoImporter().read(Path.of(file), ImportChecks.ANY);
      labels.images().forEach(image -> paths.add(image.path()));
      List<String> known = labels.classes().names();
      for (String name : spec.classes()) {
        if (!known.contains(name)) {
          problems.add(
              "classes names '"
                  + name
                  + "', which "
                  + key
                  + " "
                  + file
                  + " does not know; it has "
                  + String.join(", ", known));
        }
      }
    } catch (InvalidLabelsException e) {
      problems.add(key + " " + e.getMessage());
    }
    return paths;
  }
}
