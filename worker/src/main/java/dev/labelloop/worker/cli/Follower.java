package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.client.Campaigns;
import dev.labelloop.worker.client.Observer;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a campaign to its end on a progress view. */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final int LOOK_AGAIN_MILLIS = 1000;

  private final Campaigns campaigns;
  private final Observer observer;

  Follower(Campaigns campaigns, Observer observer) {
    this.campaigns = campaigns;
    this.observer = observer;
  }

  /**
   * Waits for the campaign's end.
   *
   * @return how it ended; empty if the process was asked to end before
   * @throws dev.labelloop.worker.client.CampaignFailedException if the campaign failed
   */
  Optional<CampaignResult> follow(CampaignName campaign, StopSignal stop, ProgressView view) {
    CompletableFuture<CampaignResult> result = campaigns.result(campaign);
    CompletableFuture<Object> any = CompletableFuture.anyOf(result, stop.requested());
    while (true) {
      try {
        any.get(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        return stop.isRequested() && !result.isDone()
            ? Optional.empty()
            : Optional.of(result.get());
      } catch (TimeoutException e) {
        look(campaign, view);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("cannot follow campaign " + campaign, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  private void look(CampaignName campaign, ProgressView view) {
    try {
      view.show(ShownCampaign.of(observer.look(campaign)));
    } catch (StatusRuntimeException | WorkflowException | BadInputException e) {
      LOG.debug("cannot look at {} now; the next look comes soon", campaign, e);
    }
  }
}
