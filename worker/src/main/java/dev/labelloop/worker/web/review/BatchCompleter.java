package dev.labelloop.worker.web.review;

import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.core.BatchId;
import dev.labelloop.worker.BadInputException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a campaign of a batch whose every image is answered: at once after the last answer, and, if
 * that word got lost with a server or this process, some seconds later. The campaign itself looks
 * by the hour only.
 */
final class BatchCompleter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCompleter.class);

  /** Soon for a person who is waiting, and seldom for a query. */
  private static final long LOOK_SECONDS = 10;

  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final CampaignDoor door;

  /** Those whose campaign has got the word, or does not want it: it is not told again. */
  private final Set<BatchId> told = new HashSet<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread t = new Thread(work, "batch-completer");
            t.setDaemon(true);
            return t;
          });

  @SuppressWarnings("FutureReturnValueIgnored") // attempt lets nothing out
  BatchCompleter(BatchRepository batches, AnswerRepository answers, CampaignDoor door) {
    this.batches = batches;
    this.answers = answers;
    this.door = door;
    thread.scheduleWithFixedDelay(
        () -> attempt(() -> batches.answered().forEach(this::tellOnce)),
        LOOK_SECONDS,
        LOOK_SECONDS,
        TimeUnit.SECONDS);
  }

  /** Completes the batch soon if nothing in it is left to answer. */
  void lookAt(BatchId batch) {
    thread.execute(() -> attempt(() -> completeIfAnswered(batch)));
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) { // a server does not answer, or the process is ending
      LOG.warn("no campaign can be told what is answered; it is tried again soon", e);
    }
  }

  private void completeIfAnswered(BatchId batch) {
    boolean open = batches.state(batch).equals(Optional.of(BatchRepository.State.OPEN));
    if (open && answers.newest(batch).size() == batches.items(batch).size()) {
      tellOnce(batch);
    }
  }

  private void tellOnce(BatchId batch) {
    if (told.contains(batch)) {
      return;
    }
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
