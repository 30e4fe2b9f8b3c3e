package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Rollback;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.client.Campaigns;
import dev.labelloop.worker.client.NobodyAnswersException;
import dev.labelloop.worker.client.Observer;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.web.Refusal;
import io.grpc.StatusRuntimeException;
import io.javalin.http.HttpStatus;
import io.temporal.client.WorkflowServiceException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Campaigns on a Temporal server. */
public final class TemporalControl implements CampaignControl {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalControl.class);

  private final Campaigns campaigns;
  private final Observer observer;
  private final Rollback rollback;
  private final Endpoints endpoints;

  /**
   * A control.
   *
   * @param waiting for people, in a campaign
   */
  public TemporalControl(
      TemporalConnection temporal,
      Function<CampaignName, @Nullable Waiting> waiting,
      Rollback rollback,
      Endpoints endpoints) {
    this.campaigns = temporal.campaigns();
    this.observer = temporal.observer(waiting);
    this.rollback = rollback;
    this.endpoints = endpoints;
  }

  @Override
  public List<CampaignSummary> list() {
    return answered(campaigns::list);
  }

  @Override
  public CampaignProgress look(CampaignName campaign) {
    synchronized (observer) { // it keeps what it saw, for one at a time
      return answered(() -> observer.look(campaign));
    }
  }

  @Override
  public @Nullable String page(CampaignName campaign) {
    return endpoints.campaignPage(campaign.workflowId());
  }

  @Override
  public void pause(CampaignName campaign) {
    answered(() -> campaigns.pause(campaign));
  }

  @Override
  public void resume(CampaignName campaign) {
    answered(() -> campaigns.resume(campaign));
  }

  @Override
  public void amend(CampaignName campaign, Amendment amendment) {
    answered(() -> campaigns.amend(campaign, amendment));
  }

  @Override
  public void finish(CampaignName campaign) {
    answered(() -> campaigns.finish(campaign));
  }

  @Override
  public void rollBack(CampaignName campaign) {
    answered(() -> rollback.of(campaign));
  }

  private static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (NobodyAnswersException e) {
      throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (StatusRuntimeException | WorkflowServiceException e) {
      LOG.warn("the Temporal server does not answer", e);
      throw Refusal.of(
          HttpStatus.SERVICE_UNAVAILABLE, "the Temporal server does not answer: is it up?");
    }
  }
}
