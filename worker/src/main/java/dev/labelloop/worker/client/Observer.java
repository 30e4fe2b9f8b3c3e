package dev.labelloop.worker.client;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.health.HealthJudge;
import dev.labelloop.worker.health.Onlooker;
import dev.labelloop.worker.health.PendingWork;
import dev.labelloop.worker.health.Service;
import dev.labelloop.worker.health.Sight;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells where a campaign is: from the campaign itself if a worker answers for it, and in any case
 * from what the server knows of its running activities. Not safe for use by several threads.
 */
public final class Observer {
  private static final HealthNote UNANSWERED =
      new HealthNote(
          CampaignHealth.BLOCKED,
          "unanswered",
          "no worker answers for the campaign: start 'labelloop run', 'serve' or 'worker', or see"
              + " the logs of those that run");

  private final WorkflowClient client;
  private final Campaigns campaigns;
  private final Onlooker onlooker;
  private final Service service;
  private final Function<CampaignName, @Nullable Waiting> waiting;

  Observer(WorkflowClient client, Function<CampaignName, @Nullable Waiting> waiting) {
    this.client = client;
    this.waiting = waiting;
    this.campaigns = new Campaigns(client);
    this.onlooker = new Onlooker(client);
    this.service = new Service(client, this::everybody);
  }

  private List<Sight> everybody() {
    return onlooker.open().stream().flatMap(name -> onlooker.look(name).stream()).toList();
  }

  /**
   * Where the campaign is now.
   *
   * @throws BadInputException if there is none
   */
  public CampaignProgress look(CampaignName campaign) {
    Sight sight =
        onlooker
            .look(campaign)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "there is no campaign '"
                            + campaign
                            + "' on this Temporal server: see 'campaign list'"));
    CampaignSummary summary = campaigns.summary(description(sight));
    boolean open = summary.state().equals(CampaignSummary.RUNNING);
    CampaignStatus status = service.serves(TaskQueues.CAMPAIGN) ? ask(campaign) : null;
    return new CampaignProgress(
        summary,
        status,
        open ? health(sight, status) : asListed(summary),
        summary.state().equals("FAILED") ? failure(campaign) : null,
        sight.work().stream().filter(PendingWork::hasFailed).toList(),
        RunningWork.of(sight, client.getOptions().getDataConverter()),
        underReview(status) ? waiting.apply(campaign) : null);
  }

  private static boolean underReview(@Nullable CampaignStatus status) {
    return status != null && status.phase() == CampaignPhase.AWAITING_REVIEW;
  }

  private WorkflowExecutionDescription description(Sight sight) {
    return new WorkflowExecutionDescription(
        sight.workflows().get(0), client.getOptions().getDataConverter());
  }

  /** The status in the campaign's own words, if a worker finds them. */
  private @Nullable CampaignStatus ask(CampaignName campaign) {
    try {
      return campaigns.status(campaign);
    } catch (WorkflowException e) {
      return null; // what the server knows is told in any case
    }
  }

  private HealthNote health(Sight sight, @Nullable CampaignStatus status) {
    HealthNote own = status == null ? HealthNote.OK : status.health();
    HealthNote seen = HealthJudge.judge(sight, service::serves, Instant.now(), own);
    if (!seen.worseThan(own) && status == null) {
      return service.serves(TaskQueues.CAMPAIGN)
          ? UNANSWERED
          : HealthJudge.unserved(TaskQueues.CAMPAIGN);
    }
    return seen.worseThan(own) ? seen : own;
  }

  private static HealthNote asListed(CampaignSummary summary) {
    return new HealthNote(
        Objects.requireNonNullElse(summary.health(), CampaignHealth.OK),
        summary.state().toLowerCase(Locale.ROOT),
        Objects.requireNonNullElse(summary.reason(), ""));
  }

  private @Nullable String failure(CampaignName campaign) {
    try {
      campaigns.result(campaign).join();
      return null; // started again meanwhile
    } catch (CompletionException e) {
      return e.getCause() instanceof CampaignFailedException failed ? failed.reason() : null;
    }
  }
}
