package dev.labelloop.worker.config;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    check("holdout", spec.holdout().file(), spec, problems);
    check("review.truth", spec.review().truth(), spec, problems);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }

  private static void check(
      String key, @Nullable String file, CampaignSpec spec, List<String> problems) {
    if (file == null) {
      return;
    }
    try {
      LabelFile labels = new CocoImporter().read(Path.of(file), ImportChecks.ANY);
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
  }
}
