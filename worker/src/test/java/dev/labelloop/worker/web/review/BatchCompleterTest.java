package dev.labelloop.worker.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.OutboxRepository;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.StoredCampaigns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign hears of an answered batch, whichever word gets lost. */
class BatchCompleterTest {
  private static Path folder = Path.of("");
  private static StoredCampaigns stored;

  private final Desk.Door door = new Desk.Door();

  @BeforeAll
  static void store() throws IOException {
    folder = Files.createTempDirectory("completer");
    stored = new StoredCampaigns(folder.resolve("images"));
  }

  @AfterAll
  static void remove() throws IOException {
    stored.close();
    Folders.delete(folder);
  }

  @BeforeEach
  void nothingIsLeftOfTheTestBefore() {
    stored.outbox.read().forEach(stored.outbox::done);
    stored.batches.answered().forEach(stored.answers::close);
  }

  @Test
  void findsWhatWasStoredBeforeItWasThere() throws Exception {
    BatchId batch = answered("before");
    assertThat(outbox(batch)).hasSize(1);

    try (BatchCompleter completer = completer()) {
      completer.wake();
      assertThat(door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
      assertThat(emptied(batch)).isTrue();
    }
  }

  @Test
  void keepsTheWordUntilTheCampaignHasIt() throws Exception {
    BatchId batch = answered("deaf");
    door.loses = true;
    try (BatchCompleter completer = completer()) {
      assertThat(door.lost.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
      assertThat(outbox(batch)).as("as long as no server answers").hasSize(1);

      door.loses = false;
      completer.wake();
      assertThat(door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
      assertThat(emptied(batch)).isTrue();
    }
  }

  @Test
  @SuppressWarnings("try") // it works by itself
  void looksAtTheBatchesThemselvesForWordsThatWereLost() throws Exception {
    BatchId batch = answered("lost");
    outbox(batch).forEach(stored.outbox::done);

    try (BatchCompleter completer = completer()) {
      assertThat(door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
    }
  }

  @Test
  void saysNothingOfABatchThatIsHalfAnswered() throws Exception {
    List<ImageId> images = stored.campaign("half");
    BatchId batch = new BatchId("half/r1/b0");
    answer(batch, images.get(0));

    try (BatchCompleter completer = completer()) {
      completer.wake();
      assertThat(emptied(batch)).as("the next answer has a word of its own").isTrue();
      assertThat(door.completed).isEmpty();

      answer(batch, images.get(1));
      completer.wake();
      assertThat(door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(batch);
    }
  }

  private BatchCompleter completer() {
    return new BatchCompleter(stored.batches, stored.answers, stored.outbox, door);
  }

  /** The second batch of a new campaign, with its only image answered. */
  private static BatchId answered(String campaign) throws IOException {
    BatchId batch = new BatchId(campaign + "/r1/b1");
    answer(batch, stored.campaign(campaign).get(2));
    return batch;
  }

  private static void answer(BatchId batch, ImageId image) {
    Answer answer =
        new Answer(
            image, UUID.randomUUID(), ReviewOutcome.CORRECTED, List.of(), "ann", null, 1, 0, 0);
    stored.answers.put(batch.round(), answer, Optional.of(0));
  }

  private static List<OutboxRepository.Entry> outbox(BatchId batch) {
    return stored.outbox.read().stream().filter(e -> e.batch().equals(batch)).toList();
  }

  private static boolean emptied(BatchId batch) throws InterruptedException {
    for (int look = 0; look < 100 && !outbox(batch).isEmpty(); look++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return outbox(batch).isEmpty();
  }
}
