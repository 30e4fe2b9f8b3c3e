package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Own;
import dev.labelloop.activities.review.BoxQueries;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.Seat;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.campaign.CampaignSpec.Asking;
import dev.labelloop.core.BatchId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A known answer that a person is asked for.
 *
 * @param batch among whose images it is shown
 * @param image the picture
 * @param blind whether the proposals are hidden
 * @param truth the known answer
 * @param proposals what a model says, also where it is hidden
 * @param lease as for any other image; null if the person has given it up
 * @param version of the person's newest answer, 0 for none
 * @param answer the person's newest; null if there is none
 */
public record Probe(
    BatchId batch,
    StoredImage image,
    boolean blind,
    List<LabelledBox> truth,
    List<Detection> proposals,
    @Nullable Lease lease,
    int version,
    @Nullable Answer answer) {

  /**
   * What the person sees; nothing about it differs from an image of a batch. Where single boxes are
   * asked about, whole images are those of the audit.
   */
  public ReviewBatch.Item item(Asking ask) {
    Purpose purpose = ask == Asking.IMAGES ? Purpose.ACTIVE : Purpose.AUDIT;
    return new ReviewBatch.Item(image, purpose, BoxQueries.none(shown()));
  }

  /** What the person has said of it. */
  public Own own(String person) {
    boolean answered = answer != null;
    return new Own(version, answer, new Seat(0, person, answered, answered ? null : lease, null));
  }

  private List<Detection> shown() {
    return blind ? List.of() : proposals.stream().filter(Detection::shown).toList();
  }

  /**
   * How good an answer is.
   *
   * @param f1 against the truth
   * @param wrong proposals shown that are no object of the truth
   * @param wrongAccepted those of them that the answer holds
   */
  record Score(double f1, int wrong, int wrongAccepted) {}

  /** How good an answer is that was not skipped. */
  Score score(List<LabelledBox> said) {
    List<LabelledBox> wrong = new ArrayList<>(Acts.labels(shown()));
    List<LabelledBox> all = List.copyOf(wrong);
    Agreement.pairs(all, truth, true).forEach(pair -> wrong.remove(all.get(pair.left())));
    long accepted =
        Agreement.pairs(wrong, said, true).stream()
            .filter(pair -> pair.iou() >= ShownBoxes.FITTING_IOU)
            .count();
    return new Score(Agreement.f1(said, truth), wrong.size(), (int) accepted);
  }
}
