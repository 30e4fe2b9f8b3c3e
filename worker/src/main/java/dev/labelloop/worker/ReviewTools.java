package dev.labelloop.worker;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.TruthFile;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewTool;
import dev.labelloop.activities.review.page.PageReviewTool;
import dev.labelloop.activities.review.simulated.Faults;
import dev.labelloop.activities.review.simulated.SimulatedReviewTool;
import dev.labelloop.activities.review.simulated.SimulatedReviewer;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The review tools of this process, by the names that specifications use. */
final class ReviewTools {
  static final List<String> NAMES = List.of("page", "simulated");

  private final ImageRepository images;
  private final AnswerRepository answers;
  private final Batches batches;

  /** A truth file is read once a campaign. */
  private final Map<CampaignName, ReviewTool> simulated = new ConcurrentHashMap<>();

  ReviewTools(ImageRepository images, AnswerRepository answers, Batches batches) {
    this.images = images;
    this.answers = answers;
    this.batches = batches;
  }

  /** The tool of a campaign; empty if this build has none of that name. */
  Optional<ReviewTool> of(CampaignSpec spec) {
    return switch (spec.review().tool()) {
      case "page" -> Optional.of(new PageReviewTool(answers));
      case "simulated" ->
          Optional.of(simulated.computeIfAbsent(spec.name(), name -> simulated(spec)));
      default -> Optional.empty();
    };
  }

  private ReviewTool simulated(CampaignSpec spec) {
    CampaignSpec.Simulated faults = spec.review().simulated();
    SimulatedReviewer reviewer =
        new SimulatedReviewer(
            new Faults(faults.missed(), faults.wrongClass(), faults.jitterIou()),
            HumanTime.named(faults.time()),
            spec.classes().size(),
            spec.training().seed());
    return new SimulatedReviewTool(truth(spec), reviewer, batches::read);
  }

  private Map<ImageId, List<LabelledBox>> truth(CampaignSpec spec) {
    String file = spec.review().truth();
    if (file == null) {
      throw badTruth(
          "review.truth is missing: the simulated reviewer answers from that file", null);
    }
    try {
      return TruthFile.readKnown(
          new CocoImporter(), Path.of(file), images.byPath(spec.name()), spec.classes());
    } catch (InvalidLabelsException e) {
      throw badTruth(String.valueOf(e.getMessage()), e);
    }
  }

  private static RuntimeException badTruth(String message, @Nullable Throwable cause) {
    return ApplicationFailure.newNonRetryableFailureWithCause(
        message, FinalFailure.BAD_DATASET, cause);
  }
}
