package dev.labelloop.worker;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.TruthFile;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Labels that people drew elsewhere, as their answers to the open batches of a campaign. */
public final class LabelImport {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final BatchRepository batches;
  private final Batches contents;
  private final AnswerRepository answers;

  LabelImport(
      CampaignRepository campaigns,
      ImageRepository images,
      BatchRepository batches,
      Batches contents,
      AnswerRepository answers) {
    this.campaigns = campaigns;
    this.images = images;
    this.batches = batches;
    this.contents = contents;
    this.answers = answers;
  }

  /**
   * What became of the labels.
   *
   * @param stored images whose labels are new
   * @param repeated images whose labels were imported before
   * @param notAsked images of the campaign that no open batch asks about: left out
   * @param answered open batches in which an answer stands for every image now
   */
  public record Result(int stored, int repeated, int notAsked, List<BatchId> answered) {}

  /**
   * Stores the labels; doing it again with the same file stores nothing.
   *
   * @param reviewer who drew them
   * @throws BadInputException naming every fault of the file; nothing is stored then
   */
  public Result take(CampaignName campaign, LabelImporter format, Path file, String reviewer) {
    Map<ImageId, List<LabelledBox>> labels = read(campaign, format, file);
    int stored = 0;
    int repeated = 0;
    List<BatchId> answered = new ArrayList<>();
    for (BatchId batch : batches.open(campaign)) {
      List<ReviewBatch.Item> items = contents.read(batch).items();
      for (ReviewBatch.Item item : items) {
        List<LabelledBox> boxes = labels.get(item.image().id());
        if (boxes != null) {
          Answer answer = answer(batch, item, boxes, reviewer);
          Verdict verdict = answers.put(batch.round(), answer, Optional.empty()).verdict();
          stored += verdict == Verdict.STORED ? 1 : 0;
          repeated += verdict == Verdict.REPEATED ? 1 : 0;
        }
      }
      if (answers.isSettled(batch)) {
        answered.add(batch);
      }
    }
    return new Result(stored, repeated, labels.size() - stored - repeated, answered);
  }

  private Map<ImageId, List<LabelledBox>> read(
      CampaignName campaign, LabelImporter format, Path file) {
    List<String> classes =
        campaigns
            .find(campaign)
            .orElseThrow(
                () -> new BadInputException("there is no campaign '" + campaign + "' here"))
            .classes();
    try {
      return TruthFile.readKnown(format, file, images.byPath(campaign), classes);
    } catch (InvalidLabelsException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  private static Answer answer(
      BatchId batch, ReviewBatch.Item item, List<LabelledBox> boxes, String reviewer) {
    ReviewWork work = ShownBoxes.compare(item.proposals(), boxes);
    return new Answer(
        item.image().id(),
        submission(batch, item.image().id(), boxes),
        work.touched() == 0 ? ReviewOutcome.ACCEPTED : ReviewOutcome.CORRECTED,
        boxes,
        reviewer,
        null,
        0, // a file does not tell how long it took
        work.kept(),
        work.touched());
  }

  /** The same labels are the same answer. */
  private static UUID submission(BatchId batch, ImageId image, List<LabelledBox> boxes) {
    return UUID.nameUUIDFromBytes(
        (batch + "/" + image + "/" + boxes).getBytes(StandardCharsets.UTF_8));
  }
}
