package dev.labelloop.worker.web;

import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.core.BatchId;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a campaign of a batch whose every image is answered, apart from the answer itself: a word
 * that gets lost does no harm, because the campaign also looks by itself.
 */
final class BatchCompleter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchCompleter.class);

  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final CampaignDoor door;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread t = new Thread(work, "batch-completer");
            t.setDaemon(true);
            return t;
          });

  BatchCompleter(BatchRepository batches, AnswerRepository answers, CampaignDoor door) {
    this.batches = batches;
    this.answers = answers;
    this.door = door;
  }

  /** Completes the batch soon if nothing in it is left to answer. */
  void lookAt(BatchId batch) {
    thread.execute(
        () -> {
          try {
            completeIfAnswered(batch);
          } catch (RuntimeException e) {
            LOG.warn("{} is answered; its campaign was not told and will see by itself", batch, e);
          }
        });
  }

  private void completeIfAnswered(BatchId batch) {
    boolean open = batches.state(batch).equals(Optional.of(BatchRepository.State.OPEN));
    if (open && answers.newest(batch).size() == batches.items(batch).size()) {
      LOG.info("{} is answered", batch);
      door.completeReview(batch);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
