package dev.labelloop.worker.web.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What reviewers see and do; every method throws {@link Refusal} where it cannot be done. */
public final class ReviewDesk {
  private static final String WAIT =
      "others are at what is left: it comes back if they do not finish";

  private final CampaignRepository campaigns;
  private final Batches contents;
  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final LeaseRepository leases;
  private final CampaignDoor door;
  private final Admission admission;

  /**
   * A desk.
   *
   * @param admission who may answer now
   */
  public ReviewDesk(
      CampaignRepository campaigns,
      Batches contents,
      BatchRepository batches,
      AnswerRepository answers,
      LeaseRepository leases,
      CampaignDoor door,
      Admission admission) {
    this.campaigns = campaigns;
    this.contents = contents;
    this.batches = batches;
    this.answers = answers;
    this.leases = leases;
    this.door = door;
    this.admission = admission;
  }

  Views.OpenBatches open(CampaignName campaign) {
    spec(campaign);
    return new Views.OpenBatches(
        batches.open(campaign).stream()
            .map(
                id ->
                    new Views.BatchSummary(
                        id,
                        BatchRepository.State.OPEN,
                        batches.items(id).size(),
                        answers.settling(id).size()))
            .toList());
  }

  Views.BatchView batch(BatchId id) {
    BatchRepository.State state = state(id);
    Map<ImageId, Integer> counts = answers.counts(id);
    Set<ImageId> settled = settled(id);
    return new Views.BatchView(
        id,
        state,
        batches.items(id).stream()
            .map(
                item ->
                    new Views.ImageState(
                        Views.key(id, item.image()),
                        item.image(),
                        item.purpose(),
                        settled.contains(item.image()),
                        counts.getOrDefault(item.image(), 0)))
            .toList());
  }

  /** The image that {@link #lease} would give; nobody gets it. */
  Optional<Views.ReviewView> next(CampaignName campaign, Caller caller) {
    spec(campaign);
    return leases
        .peek(campaign, caller.name())
        .map(place -> image(place.batch(), place.image(), caller));
  }

  /** Leases images to a person. */
  Views.NextView lease(NextReader wish, Caller caller) {
    CampaignName campaign = wish.campaign();
    spec(campaign);
    Optional<String> refusal = admission.refusal(campaign, caller.name());
    List<Views.ReviewView> images =
        refusal.isPresent()
            ? List.of()
            : leases.next(campaign, caller.name(), wish.holds(), wish.count()).stream()
                .map(leased -> image(leased.batch(), leased.image(), caller))
                .toList();
    int left = leases.left(campaign);
    String reason =
        refusal.orElse(images.isEmpty() && wish.holds().isEmpty() && left > 0 ? WAIT : null);
    return new Views.NextView(images, left, reason);
  }

  /** Extends what a person holds. */
  Views.Beat beat(BatchId id, ImageId image, UUID lease, Caller caller) {
    state(id);
    return leases
        .beat(id, image, caller.name(), lease)
        .map(Views.Beat::new)
        .orElseThrow(
            () ->
                Refusal.of(
                    HttpStatus.CONFLICT,
                    "lease "
                        + lease
                        + " is over: the image went to somebody else, is answered, or its batch is"
                        + " closed"));
  }

  /** Gives up what a person holds. */
  void release(BatchId id, ImageId image, Caller caller) {
    state(id);
    leases.release(id, image, caller.name());
  }

  /** Takes away what a person holds of a batch, and has not answered. */
  Views.Reassigned reassign(BatchId id, String from) {
    state(id);
    return new Views.Reassigned(id, leases.reassign(id, from));
  }

  Views.ReviewView image(BatchId id, ImageId image, Caller caller) {
    CampaignName campaign = id.round().campaign();
    return Views.ReviewView.of(
        item(id, image),
        id,
        state(id),
        spec(campaign),
        answers.own(id.round(), image, caller.name()),
        leases.left(campaign));
  }

  /**
   * Stores an answer.
   *
   * @param expected version that the person saw, 0 for none
   */
  Views.Stored put(BatchId id, ImageId image, int expected, byte[] body, Caller caller) {
    List<String> classes = spec(id.round().campaign()).classes();
    Submission submission = new AnswerReader(item(id, image), classes, caller).read(body, expected);
    String reviewer = submission.answer().reviewer();
    admission
        .refusal(id.round().campaign(), reviewer)
        .ifPresent(
            reason -> {
              throw Refusal.of(HttpStatus.CONFLICT, reason);
            });
    Put put = answers.put(id.round(), submission);
    String key = Views.key(id, image);
    return switch (put.verdict()) {
      case STORED -> new Views.Stored(key, put.version(), false);
      case REPEATED -> new Views.Stored(key, put.version(), true);
      case REUSED ->
          throw Refusal.badRequest(
              "submissionId = "
                  + submission.answer().submissionId()
                  + ": it was used for another image, make a new one for each answer");
      case CONFLICT ->
          throw Refusal.raced(
              key
                  + " has version "
                  + put.version()
                  + ", not "
                  + expected
                  + ": read the newer answer and decide again",
              put.version());
      case TAKEN ->
          throw Refusal.of(
              HttpStatus.CONFLICT, key + " is with somebody else now: leave it to them");
      case CLOSED ->
          throw Refusal.of(HttpStatus.CONFLICT, "batch " + id + " is closed: it takes no answers");
      case UNKNOWN -> throw unknown(id, image);
    };
  }

  /** Closes a batch with what is there; a closed one stays closed. */
  Views.Completed complete(BatchId id) {
    if (state(id) == BatchRepository.State.CLOSED) {
      return new Views.Completed(id, true, batches.progress(id.round()));
    }
    try {
      Optional<ReviewProgress> review = door.completeReview(id);
      return new Views.Completed(id, review.isPresent(), review.orElse(null));
    } catch (BadInputException e) {
      throw Refusal.of(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  CampaignStatus status(CampaignName campaign) {
    spec(campaign);
    try {
      return door.status(campaign);
    } catch (BadInputException e) {
      throw Refusal.notFound(String.valueOf(e.getMessage()));
    }
  }

  private Set<ImageId> settled(BatchId id) {
    return answers.settling(id).stream()
        .map(stored -> stored.answer().image())
        .collect(Collectors.toSet());
  }

  CampaignSpec spec(CampaignName campaign) {
    return campaigns
        .find(campaign)
        .orElseThrow(() -> Refusal.notFound("there is no campaign '" + campaign + "' here"));
  }

  private BatchRepository.State state(BatchId id) {
    return batches
        .state(id)
        .orElseThrow(() -> Refusal.notFound("there is no batch '" + id + "' here"));
  }

  ReviewBatch.Item item(BatchId id, ImageId image) {
    state(id);
    return contents.item(id, image).orElseThrow(() -> unknown(id, image));
  }

  private static Refusal unknown(BatchId id, ImageId image) {
    return Refusal.notFound("there is no image " + image + " in batch '" + id + "'");
  }
}
