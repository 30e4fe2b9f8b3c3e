package dev.labelloop.worker.web.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What reviewers see and do; every method throws {@link Refusal} where it cannot be done. */
public final class ReviewDesk {
  private final CampaignRepository campaigns;
  private final Batches contents;
  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final CampaignDoor door;

  public ReviewDesk(
      CampaignRepository campaigns,
      Batches contents,
      BatchRepository batches,
      AnswerRepository answers,
      CampaignDoor door) {
    this.campaigns = campaigns;
    this.contents = contents;
    this.batches = batches;
    this.answers = answers;
    this.door = door;
  }

  BatchCompleter completer() {
    return new BatchCompleter(batches, answers, door);
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
                        answers.newest(id).size()))
            .toList());
  }

  Views.BatchView batch(BatchId id) {
    BatchRepository.State state = state(id);
    Map<ImageId, Integer> versions = versions(id);
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
                        versions.containsKey(item.image()),
                        versions.getOrDefault(item.image(), 0)))
            .toList());
  }

  /** The first image that waits for an answer. */
  Optional<Views.ReviewView> next(CampaignName campaign) {
    spec(campaign);
    for (BatchId id : batches.open(campaign)) {
      Map<ImageId, Integer> answered = versions(id);
      for (BatchRepository.Item item : batches.items(id)) {
        if (!answered.containsKey(item.image())) {
          return Optional.of(image(id, item.image()));
        }
      }
    }
    return Optional.empty();
  }

  Views.ReviewView image(BatchId id, ImageId image) {
    return Views.ReviewView.of(
        item(id, image),
        id,
        state(id),
        spec(id.round().campaign()).classes(),
        answers.newest(id, image).orElse(null));
  }

  /**
   * Stores an answer.
   *
   * @param expected version that the person saw, 0 for none
   */
  Views.Stored put(BatchId id, ImageId image, int expected, byte[] body) {
    List<String> classes = spec(id.round().campaign()).classes();
    Answer answer = new AnswerReader(item(id, image), classes).read(body);
    Put put = answers.put(id.round(), answer, Optional.of(expected));
    String key = Views.key(id, image);
    return switch (put.verdict()) {
      case STORED -> new Views.Stored(key, put.version(), false);
      case REPEATED -> new Views.Stored(key, put.version(), true);
      case REUSED ->
          throw Refusal.badRequest(
              "submissionId = "
                  + answer.submissionId()
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

  private Map<ImageId, Integer> versions(BatchId id) {
    return answers.newest(id).stream()
        .collect(
            Collectors.toMap(stored -> stored.answer().image(), AnswerRepository.Stored::version));
  }

  private CampaignSpec spec(CampaignName campaign) {
    return campaigns
        .find(campaign)
        .orElseThrow(() -> Refusal.notFound("there is no campaign '" + campaign + "' here"));
  }

  private BatchRepository.State state(BatchId id) {
    return batches
        .state(id)
        .orElseThrow(() -> Refusal.notFound("there is no batch '" + id + "' here"));
  }

  private ReviewBatch.Item item(BatchId id, ImageId image) {
    state(id);
    return contents.item(id, image).orElseThrow(() -> unknown(id, image));
  }

  private static Refusal unknown(BatchId id, ImageId image) {
    return Refusal.notFound("there is no image " + image + " in batch '" + id + "'");
  }
}
