package dev.labelloop.worker.durability;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.TemporalConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A look, from outside, into the servers of a running product; and the reviewer's pen. */
final class Look implements AutoCloseable {
  private final CampaignName campaign;
  private final Database database;
  private final TemporalConnection temporal;

  Look(Endpoints endpoints, CampaignName campaign) {
    this.campaign = campaign;
    this.database = new Database(endpoints.database());
    this.temporal = TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
  }

  int count(String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  List<String> texts(String sql) {
    return database.inTransaction(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /** Where the campaign is; empty while no worker answers. */
  Optional<CampaignProgress> progress() {
    try {
      return Optional.of(temporal.observer().look(campaign)).filter(p -> p.status() != null);
    } catch (RuntimeException e) { // not started yet, or its worker has just been killed
      return Optional.empty();
    }
  }

  boolean isIn(CampaignPhase phase, int round) {
    return progress()
        .filter(p -> p.status().phase() == phase && p.status().round() == round)
        .isPresent();
  }

  /** Answers the first images of each batch of a round, as the truth has it. */
  void answer(int round, double share, Map<String, List<LabelledBox>> truth) {
    RoundId id = new RoundId(campaign, round);
    BatchRepository batches = new BatchRepository(database);
    ImageRepository images = new ImageRepository(database);
    AnswerRepository answers = new AnswerRepository(database);
    for (BatchId batch : batches.open(id)) {
      List<BatchRepository.Item> items = batches.items(batch);
      for (BatchRepository.Item item : items.subList(0, (int) (share * items.size()))) {
        StoredImage image = images.find(campaign, item.image()).orElseThrow();
        answers.put(id, answer(batch, image.id(), truth.get(image.path())), Optional.empty());
      }
    }
  }

  private static Answer answer(BatchId batch, ImageId image, List<LabelledBox> boxes) {
    UUID submission =
        UUID.nameUUIDFromBytes((batch + "/" + image).getBytes(StandardCharsets.UTF_8));
    return new Answer(
        image, submission, ReviewOutcome.CORRECTED, boxes, "test", null, 5, 0, boxes.size());
  }

  /** Says that people are done with every open batch of a round. */
  void complete(int round) {
    new BatchRepository(database)
        .open(new RoundId(campaign, round))
        .forEach(temporal.campaigns()::completeReview);
  }

  @Override
  public void close() {
    temporal.close();
    database.close();
  }
}
