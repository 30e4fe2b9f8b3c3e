package dev.labelloop.worker.web.review;

import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.OutboxRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.core.BatchId;
import dev.labelloop.worker.BadInputException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a campaign of a batch whose every image is settled. It reads the outbox, which is written
 * with the answers: at once after an answer through this process, and every few seconds, for those
 * through others or before a crash. It looks at the batches themselves too, more seldom, for words
 * that were not written or got lost. And if nobody hears, the campaign looks by the hour.
 */
public final class BatchCompleter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCompleter.class);

  /** Soon for a person who is waiting, and seldom for a query. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** The whole of the open batches is more to read. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final OutboxRepository outbox;
  private final CampaignDoor door;

  /** Those whose campaign has got the word, or does not want it: a sweep does not tell it again. */
  private final Set<BatchId> told = new HashSet<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread t = new Thread(work, "batch-completer");
            t.setDaemon(true);
            return t;
          });

  /** One that looks until it is closed. */
  public BatchCompleter(
      BatchRepository batches,
      AnswerRepository answers,
      OutboxRepository outbox,
      CampaignDoor door) {
    this.batches = batches;
    this.answers = answers;
    this.outbox = outbox;
    this.door = door;
    every(LOOK, this::readOutbox);
    every(SWEEP, this::sweep);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // attempt lets nothing out
  private void every(Duration pause, Runnable work) {
    thread.scheduleWithFixedDelay(() -> attempt(work), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks soon; an answer has just been stored. */
  void wake() {
    thread.execute(() -> attempt(this::readOutbox));
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) { // a server does not answer, or the process is ending
      LOG.warn("no campaign can be told what is answered; it is tried again soon", e);
    }
  }

  /** What cannot be told stays, and does not keep back what can. */
  private void readOutbox() {
    outbox
        .read()
        .forEach(
            entry ->
                attempt(
                    () -> {
                      if (isComplete(entry.batch())) {
                        tell(entry.batch());
                      }
                      outbox.done(entry); // an answer that came meanwhile has a row of its own
                    }));
  }

  private void sweep() {
    batches.answered().stream().filter(batch -> !told.contains(batch)).forEach(this::tell);
  }

  private boolean isComplete(BatchId batch) {
    return batches.state(batch).equals(Optional.of(BatchRepository.State.OPEN))
        && answers.isSettled(batch);
  }

  private void tell(BatchId batch) {
    LOG.info("{} is answered", batch);
    try {
      door.completeReview(batch);
    } catch (BadInputException e) {
      LOG.info("{} is answered, and its campaign does not wait for it: {}", batch, e.getMessage());
    }
    told.add(batch);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
