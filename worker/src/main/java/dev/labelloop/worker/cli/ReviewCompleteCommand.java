package dev.labelloop.worker.cli;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says that people are done with a batch. */
@Command(
    name = "complete",
    description =
        "Close a batch with the answers that are there; images without one stay unanswered.")
final class ReviewCompleteCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Option(names = "--campaign", required = true, paramLabel = "NAME", description = "Its name.")
  private CampaignName campaign;

  @Option(
      names = "--batch",
      required = true,
      paramLabel = "ID",
      description = "Such as street-vehicles/r1/b0.")
  private BatchId batch;

  /**
   * The answer in JSON.
   *
   * @param closed whether a worker has closed the batch; if not, the next worker will
   * @param review how far the round's review is; null if not closed yet
   */
  record Answer(BatchId batch, boolean closed, @Nullable ReviewProgress review) {}

  @Override
  public Integer call() {
    if (!batch.round().campaign().equals(campaign)) {
      throw new BadInputException("batch " + batch + " is not of campaign " + campaign);
    }
    try (TemporalConnection temporal = servers.connect()) {
      Optional<ReviewProgress> closed = temporal.campaigns().completeReview(batch);
      output.answer(
          new Answer(batch, closed.isPresent(), closed.orElse(null)),
          closed
              .map(p -> batch + " is closed, " + p.openBatches() + " batches are open")
              .orElse("no worker answers now; the next one to start closes " + batch));
      return 0;
    }
  }
}
