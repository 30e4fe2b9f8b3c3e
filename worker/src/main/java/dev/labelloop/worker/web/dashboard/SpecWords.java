package dev.labelloop.worker.web.dashboard;

import dev.labelloop.campaign.CampaignSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A specification as people may read it who look on: where files lie is nobody's business. */
final class SpecWords {
  private SpecWords() {}

  /** The specification, with the names of files and folders instead of their paths. */
  static CampaignSpec withoutFolders(CampaignSpec spec) {
    CampaignSpec.Model model = spec.model();
    CampaignSpec.Review review = spec.review();
    return new CampaignSpec(
        spec.name(),
        spec.classes(),
        String.valueOf(name(spec.images())),
        new CampaignSpec.Holdout(name(spec.holdout().file()), spec.holdout().fraction()),
        new CampaignSpec.Model(model.family(), model.size(), name(model.weights()), model.input()),
        spec.rounds(),
        spec.selection(),
        new CampaignSpec.Review(
            review.tool(),
            review.deadline(),
            review.onDeadline(),
            review.overlap(),
            review.batchSize(),
            name(review.truth()),
            review.url(),
            null,
            review.simulated(),
            new CampaignSpec.Reminders(review.reminders().every(), null),
            review.ask(),
            review.quality()),
        spec.pseudoLabels(),
        spec.training(),
        spec.promotion(),
        spec.prediction(),
        spec.cost());
  }

  private static @Nullable String name(@Nullable String path) {
    Path last = path == null ? null : Path.of(path).getFileName();
    return last == null ? null : last.toString();
  }
}
