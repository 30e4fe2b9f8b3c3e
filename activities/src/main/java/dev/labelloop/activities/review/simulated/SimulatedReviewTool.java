package dev.labelloop.activities.review.simulated;

import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.Cursor;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewPage;
import dev.labelloop.activities.review.ReviewTool;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A reviewer who knows the truth, for benchmarks and demonstrations: it answers every batch at
 * once, through the same calls as a real tool.
 *
 * <p>It keeps nothing: what it says follows from the batch, the truth and the seed, so a repeated
 * call gives the same answers under the same submission ids.
 */
public final class SimulatedReviewTool implements ReviewTool {
  /** Named as such wherever a maker of labels is named. */
  public static final String REVIEWER = "simulated reviewer";

  private final Map<ImageId, List<LabelledBox>> truth;
  private final SimulatedReviewer reviewer;
  private final Function<BatchId, ReviewBatch> batches;

  /**
   * A simulated tool.
   *
   * @param truth what there is to know; an image that is not in it is skipped
   * @param batches reads a published batch
   */
  public SimulatedReviewTool(
      Map<ImageId, List<LabelledBox>> truth,
      SimulatedReviewer reviewer,
      Function<BatchId, ReviewBatch> batches) {
    this.truth = truth;
    this.reviewer = reviewer;
    this.batches = batches;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public void publish(ReviewBatch batch) {}

  @Override
  public ReviewPage answers(BatchId batch, Cursor from) {
    return new ReviewPage(
        batches.apply(batch).items().stream().map(item -> answer(batch, item)).toList(),
        from,
        true);
  }

  private Answer answer(BatchId batch, ReviewBatch.Item item) {
    ImageId image = item.image().id();
    UUID submission =
        UUID.nameUUIDFromBytes((batch + "/" + image).getBytes(StandardCharsets.UTF_8));
    List<LabelledBox> known = truth.get(image);
    if (known == null) {
      return new Answer(
          image,
          submission,
          ReviewOutcome.SKIPPED,
          List.of(),
          REVIEWER,
          "the truth file does not know this image",
          0,
          0,
          0);
    }
    SimulatedReviewer who = item.labelled() ? reviewer.again(batch.round().number()) : reviewer;
    SimulatedAnswer said = who.review(item.image(), known, item.proposals());
    return new Answer(
        image,
        submission,
        said.outcome(),
        said.boxes(),
        REVIEWER,
        null,
        said.seconds(),
        said.work().kept(),
        said.work().touched());
  }

  @Override
  public void close(BatchId batch) {}
}
