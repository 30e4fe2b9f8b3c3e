package dev.labelloop.worker.web.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Refusal;
import dev.labelloop.worker.web.review.Interleaved.Mixed;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final Interleaved interleaved;

  /**
   * A desk.
   *
   * @param admission who may answer now
   * @param interleaved what is shown besides the images of batches
   */
  public ReviewDesk(
      CampaignRepository campaigns,
      Batches contents,
      BatchRepository batches,
      AnswerRepository answers,
      LeaseRepository leases,
      CampaignDoor door,
      Admission admission,
      Interleaved interleaved) {
    this.campaigns = campaigns;
    this.contents = contents;
    this.batches = batches;
    this.answers = answers;
    this.leases = leases;
    this.door = door;
    this.admission = admission;
    this.interleaved = interleaved;
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
    CampaignSpec spec = spec(campaign);
    Optional<String> refusal = admission.refusal(campaign, caller.name());
    int left = left(spec, caller);
    List<Views.ReviewView> images =
        refusal.isPresent() || left == 0
            ? List.of()
            : leased(spec, wish, caller.name())
                .map(leased -> image(spec, leased, caller, left))
                .toList();
    String reason =
        refusal.orElse(images.isEmpty() && wish.holds().isEmpty() && left > 0 ? WAIT : null);
    return new Views.NextView(images, left, reason);
  }

  /** What a person may still get, if nobody else works. */
  private int left(CampaignSpec spec, Caller caller) {
    int waiting = leases.left(spec.name());
    return waiting + interleaved.ahead(spec, caller.name(), waiting);
  }

  private Stream<Leased> leased(CampaignSpec spec, NextReader wish, String person) {
    List<Leased> mixed = interleaved.due(spec, person, wish.holds(), wish.count());
    int more = wish.count() - mixed.size();
    return Stream.concat(
        mixed.stream(),
        more == 0
            ? Stream.empty()
            : leases.next(wish.campaign(), person, wish.holds(), more).stream());
  }

  /** Extends what a person holds. */
  Views.Beat beat(BatchId id, ImageId image, UUID lease, Caller caller) {
    state(id);
    return leases
        .beat(id, image, caller.name(), lease)
        .or(() -> interleaved.beat(id, image, caller.name(), lease))
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
    interleaved.release(id, image, caller.name());
  }

  /** Takes away what a person holds of a batch, and has not answered. */
  Views.Reassigned reassign(BatchId id, String from) {
    state(id);
    return new Views.Reassigned(id, leases.reassign(id, from));
  }

  Views.ReviewView image(BatchId id, ImageId image, Caller caller) {
    CampaignSpec spec = spec(id.round().campaign());
    BatchRepository.State state = state(id);
    Mixed seen = seen(spec, id, image, caller);
    return Views.ReviewView.of(seen.item(), id, state, spec, seen.own(), left(spec, caller));
  }

  /** Only what is in an open batch is leased. */
  private Views.ReviewView image(CampaignSpec spec, Leased leased, Caller caller, int left) {
    Mixed seen = seen(spec, leased.batch(), leased.image(), caller);
    return Views.ReviewView.of(
        seen.item(), leased.batch(), BatchRepository.State.OPEN, spec, seen.own(), left);
  }

  private Mixed seen(CampaignSpec spec, BatchId id, ImageId image, Caller caller) {
    return contents
        .item(spec, id, image)
        .map(item -> new Mixed(item, answers.own(id.round(), image, caller.name())))
        .or(() -> interleaved.find(spec, id, image, caller.name()))
        .orElseThrow(() -> unknown(id, image));
  }

  /**
   * Stores an answer.
   *
   * @param expected version that the person saw, 0 for none
   */
  Views.Stored put(BatchId id, ImageId image, int expected, byte[] body, Caller caller) {
    CampaignSpec spec = spec(id.round().campaign());
    Optional<ReviewBatch.Item> item = contents.item(spec, id, image);
    ReviewBatch.Item seen =
        item.or(() -> interleaved.find(spec, id, image, caller.name()).map(Mixed::item))
            .orElseThrow(() -> unknown(id, image));
    Submission submission = new AnswerReader(seen, spec.classes(), caller).read(body, expected);
    Answer answer = submission.answer();
    Optional<String> refusal = admission.refusal(spec.name(), answer.reviewer());
    Put put;
    if (refusal.isPresent()) {
      // What was stored before stays so, whatever has come in between.
      put =
          (item.isPresent()
                  ? answers.repeated(id.round(), answer)
                  : interleaved.repeated(id, answer))
              .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, refusal.get()));
    } else {
      put =
          item.isPresent()
              ? answers.put(id.round(), submission)
              : interleaved.put(spec, id, submission);
    }
    return told(put, id, submission);
  }

  private Views.Stored told(Put put, BatchId id, Submission submission) {
    ImageId image = submission.answer().image();
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
                  + submission.expected()
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
    return contents
        .item(spec(id.round().campaign()), id, image)
        .orElseThrow(() -> unknown(id, image));
  }

  private Refusal unknown(BatchId id, ImageId image) {
    state(id);
    return Refusal.notFound("there is no image " + image + " in batch '" + id + "'");
  }
}
