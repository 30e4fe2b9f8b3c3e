package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.labelloop.activities.review.AdjudicationRepository.Disagreement;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Own;
import dev.labelloop.activities.review.BoxQueries;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.Seat;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is answered, as JSON; boxes are in pixels of the upright image. */
final class Views {
  private Views() {}

  /** The open batches of a campaign. */
  record OpenBatches(List<BatchSummary> batches) {}

  /** A batch in a list. */
  record BatchSummary(BatchId id, BatchRepository.State state, int images, int answered) {}

  /** A batch with its images, in the order in which people should see them. */
  record BatchView(BatchId id, BatchRepository.State state, List<ImageState> images) {}

  /**
   * An image of a batch.
   *
   * @param key names it in addresses below {@code /api/review/}
   * @param answered whether an answer stands for it
   * @param version how many answers there are; 0 for none
   */
  record ImageState(String key, ImageId image, Purpose purpose, boolean answered, int version) {}

  /**
   * Images for a person.
   *
   * @param left how many wait in the campaign, for this person or for others
   * @param reason why there is none, if there is none though some are left
   */
  record NextView(List<ReviewView> images, int left, @Nullable String reason) {}

  /** The right to answer, until it runs out and somebody else takes the image. */
  record LeaseView(UUID id, Instant until) {
    static @Nullable LeaseView of(@Nullable Seat seat) {
      return seat == null || seat.lease() == null
          ? null
          : new LeaseView(seat.lease().id(), seat.lease().until());
    }
  }

  /** How long a lease runs now. */
  record Beat(Instant until) {}

  /** Somebody did not accept the answer. */
  record ReturnedView(String by, @Nullable String comment) {
    static @Nullable ReturnedView of(@Nullable Seat seat) {
      return seat == null || seat.returned() == null
          ? null
          : new ReturnedView(seat.returned().by(), seat.returned().comment());
    }
  }

  /**
   * A batch of which a person gives up what is unanswered.
   *
   * @param freed how many images others get
   */
  record Reassigned(BatchId batch, int freed) {}

  /**
   * An image as it lies before a person.
   *
   * @param answer newest of the person; where one person answers each image, of anybody
   * @param version of the person's answers, to send as {@code If-Match}
   * @param queries single boxes to be asked about, the least certain first; null for the whole
   *     image
   * @param lease null if the person holds none
   * @param returned who sent the person's answer back; null if nobody did
   * @param left images that wait in the campaign
   */
  record ReviewView(
      String key,
      BatchId batch,
      BatchRepository.State state,
      ImageId image,
      String file,
      int width,
      int height,
      List<String> classes,
      List<Proposal> proposals,
      @Nullable AnswerView answer,
      int version,
      @Nullable List<QueryView> queries,
      @Nullable LeaseView lease,
      @Nullable ReturnedView returned,
      int left) {
    static ReviewView of(
        ReviewBatch.Item item,
        BatchId batch,
        BatchRepository.State state,
        CampaignSpec spec,
        Own own,
        int left) {
      List<String> classes = spec.classes();
      double sure = sureFrom(spec, item.purpose());
      ImageId image = item.image().id();
      return new ReviewView(
          Views.key(batch, image),
          batch,
          state,
          image,
          Views.file(batch, image),
          item.image().width(),
          item.image().height(),
          classes,
          item.proposals().stream().map(found -> Proposal.of(found, classes, sure)).toList(),
          own.answer() == null ? null : AnswerView.of(own.answer(), classes),
          own.version(),
          QueryView.of(item.asked()),
          LeaseView.of(own.seat()),
          ReturnedView.of(own.seat()),
          left);
    }
  }

  /** Where the image itself is. */
  private static String file(BatchId batch, ImageId image) {
    return "/api/images/" + batch.round().campaign() + "/" + image;
  }

  /** The name of an image of a batch in addresses. */
  static String key(BatchId batch, ImageId image) {
    return batch + "/" + image;
  }

  /**
   * Confidence from which a box is shown as accepted. Never where people measure the model or doubt
   * a label: there, every box waits for a word.
   */
  private static double sureFrom(CampaignSpec spec, Purpose purpose) {
    boolean some = purpose == Purpose.ACTIVE && spec.pseudoLabels().mode() != PseudoLabelMode.OFF;
    return some ? spec.pseudoLabels().threshold() : Double.POSITIVE_INFINITY;
  }

  /**
   * A box to be asked about.
   *
   * @param box place among the proposals
   * @param ask {@code class}, {@code geometry} or both
   */
  record QueryView(int box, List<String> ask) {
    static @Nullable List<QueryView> of(BoxQueries asked) {
      return asked.queries().isEmpty()
          ? null
          : asked.queries().stream()
              .map(
                  query ->
                      new QueryView(
                          query.box(),
                          query.ask().stream()
                              .sorted()
                              .map(ask -> ask.name().toLowerCase(Locale.ROOT))
                              .toList()))
              .toList();
    }
  }

  /**
   * A box that the model proposes.
   *
   * @param confidence in [0, 1]
   * @param sure whether it is shown as accepted, and needs no key
   */
  record Proposal(
      double x,
      double y,
      double width,
      double height,
      @JsonProperty("class") String className,
      double confidence,
      boolean sure) {
    private static Proposal of(Detection found, List<String> classes, double sureFrom) {
      Box box = found.box();
      return new Proposal(
          box.x(),
          box.y(),
          box.width(),
          box.height(),
          classes.get(found.classIndex()),
          found.confidence(),
          found.confidence() >= sureFrom);
    }
  }

  /** A box of an answer. */
  record AnswerBox(
      double x, double y, double width, double height, @JsonProperty("class") String className) {
    private static AnswerBox of(LabelledBox label, List<String> classes) {
      Box box = label.box();
      return new AnswerBox(
          box.x(), box.y(), box.width(), box.height(), classes.get(label.classIndex()));
    }
  }

  /** What a person said last. */
  record AnswerView(
      UUID submissionId,
      ReviewOutcome outcome,
      List<AnswerBox> boxes,
      String reviewer,
      @Nullable String reason,
      double seconds,
      int kept,
      int touched) {
    static AnswerView of(Answer answer, List<String> classes) {
      return new AnswerView(
          answer.submissionId(),
          answer.outcome(),
          answer.boxes().stream().map(label -> AnswerBox.of(label, classes)).toList(),
          answer.reviewer(),
          answer.reason(),
          answer.seconds(),
          answer.kept(),
          answer.touched());
    }
  }

  /** What waits for a decision. */
  record Adjudication(List<AdjudicationItem> items) {}

  /**
   * An image on which people do not agree.
   *
   * @param agreement mean F1 over pairs of answers, in [0, 1]
   */
  record AdjudicationItem(
      String key,
      ImageId image,
      String file,
      int width,
      int height,
      List<String> classes,
      double agreement,
      List<SeatView> answers) {
    static AdjudicationItem of(ReviewBatch.Item shown, Disagreement item, List<String> classes) {
      return new AdjudicationItem(
          Views.key(item.batch(), item.image()),
          item.image(),
          Views.file(item.batch(), item.image()),
          shown.image().width(),
          shown.image().height(),
          classes,
          item.agreement(),
          item.answers().stream()
              .map(
                  said ->
                      new SeatView(
                          said.seat(),
                          said.answer().reviewer(),
                          said.answer().outcome(),
                          said.answer().boxes().stream()
                              .map(box -> AnswerBox.of(box, classes))
                              .toList()))
              .toList());
    }
  }

  /** What one of several people said. */
  record SeatView(int seat, String reviewer, ReviewOutcome outcome, List<AnswerBox> boxes) {}

  /** A stored answer; {@code repeated} if it had been stored before. */
  record Stored(String key, int version, boolean repeated) {}

  /**
   * A batch that people are done with.
   *
   * @param closed whether it is closed; if not, the next worker will
   * @param review how far the round's review is; null if the batch is not closed yet
   */
  record Completed(BatchId batch, boolean closed, @Nullable ReviewProgress review) {}
}
