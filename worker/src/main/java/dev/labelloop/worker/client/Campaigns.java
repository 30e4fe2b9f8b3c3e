package dev.labelloop.worker.client;

import dev.labelloop.campaign.CampaignOutcome;
import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignState;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.CampaignWorkflow;
import dev.labelloop.campaign.StageOptions;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Campaigns as a Temporal server knows them. */
public final class Campaigns {
  private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

  /** A worker that has just started answers its first update after some 6 seconds. */
  private static final int PATIENCE_SECONDS = 12;

  /** An update that meets a continue-as-new is refused now and then; the next one is not. */
  private static final int UPDATE_ATTEMPTS = 3;

  private static final String NEWEST_RUNS =
      "WorkflowType = 'CampaignWorkflow' AND ExecutionStatus != 'ContinuedAsNew'";

  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "update-patience");
            thread.setDaemon(true);
            return thread;
          });

  private final WorkflowClient client;

  public Campaigns(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Starts the campaign's workflow, or finds it running or finished. One that failed starts again
   * and goes on from what is stored.
   *
   * @param amended what people changed of it before it failed
   * @return whether it runs now; false if it has finished before
   */
  public boolean start(CampaignSpec spec, Amendment amended) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(spec.name().workflowId())
            .setTaskQueue(TaskQueues.CAMPAIGN)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .setStaticSummary("campaign " + spec.name())
            .setPriority(new StageOptions(spec.name()).campaign())
            .build();
    CampaignWorkflow workflow = client.newWorkflowStub(CampaignWorkflow.class, options);
    try {
      WorkflowClient.start(
          workflow::run, CampaignState.first(spec.name(), spec.loopSettings(), amended));
      return true;
    } catch (WorkflowExecutionAlreadyStarted finished) {
      LOG.info("campaign {} has finished before", spec.name());
      return false;
    }
  }

  /** Whether the campaign runs. */
  public boolean isOpen(CampaignName campaign) {
    try {
      return stub(campaign).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  /**
   * The end of a campaign, when it comes; exceptionally with {@link CampaignFailedException} if it
   * failed.
   */
  public CompletableFuture<CampaignResult> result(CampaignName campaign) {
    return stub(campaign)
        .getResultAsync(CampaignResult.class)
        .exceptionally(
            e -> {
              Throwable cause = e instanceof CompletionException ? e.getCause() : e;
              throw cause instanceof WorkflowFailedException
                  ? new CampaignFailedException(campaign, cause)
                  : new CompletionException(cause);
            });
  }

  /** The newest run of a campaign. */
  public WorkflowExecution execution(CampaignName campaign) {
    return known(campaign, () -> stub(campaign).describe().getExecution());
  }

  /** Where a campaign is. */
  public CampaignStatus status(CampaignName campaign) {
    return known(campaign, () -> stub(campaign).query("status", CampaignStatus.class));
  }

  /** Every campaign on the server, the newest first; what is told may be some seconds old. */
  public List<CampaignSummary> list() {
    try (Stream<WorkflowExecutionMetadata> runs = client.listExecutions(NEWEST_RUNS)) {
      return runs.map(this::summary).toList();
    }
  }

  /** A row of the list. */
  CampaignSummary summary(WorkflowExecutionMetadata run) {
    return CampaignSummary.of(run, outcome(run));
  }

  /** How a campaign came to its end; empty if it has not. */
  public Optional<CampaignOutcome> outcome(CampaignName campaign) {
    return Optional.ofNullable(known(campaign, () -> outcome(stub(campaign).describe())));
  }

  private @Nullable CampaignOutcome outcome(WorkflowExecutionMetadata run) {
    return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
        ? client
            .newUntypedWorkflowStub(run.getExecution().getWorkflowId())
            .getResult(CampaignResult.class)
            .outcome()
        : null;
  }

  /** Holds a campaign. */
  public CampaignStatus pause(CampaignName campaign) {
    return update(campaign, "pause", CampaignStatus.class);
  }

  /** Lets a held campaign go on. */
  public CampaignStatus resume(CampaignName campaign) {
    return update(campaign, "resume", CampaignStatus.class);
  }

  /**
   * Changes what is left of a campaign.
   *
   * @throws BadInputException if the campaign refuses it
   */
  public CampaignStatus amend(CampaignName campaign, Amendment amendment) {
    return update(campaign, "amend", CampaignStatus.class, amendment);
  }

  /**
   * Makes the champion before the present one champion again.
   *
   * @throws BadInputException if there is none
   */
  public CampaignStatus rollBack(CampaignName campaign) {
    return update(campaign, "rollBack", CampaignStatus.class);
  }

  /** Ends a campaign with the champion it has. */
  public CampaignStatus finish(CampaignName campaign) {
    return update(campaign, "finish", CampaignStatus.class);
  }

  /**
   * Says that people are done with a batch.
   *
   * @return how far the review is, once a worker has closed the batch; empty if none answered in
   *     time and the word was left with the server, where the next worker finds it
   * @throws BadInputException if the campaign refuses the batch
   */
  public Optional<ReviewProgress> completeReview(BatchId batch) {
    CampaignName campaign = batch.round().campaign();
    ReviewComplete message = new ReviewComplete(batch);
    try {
      return Optional.of(update(campaign, "completeReview", ReviewProgress.class, message));
    } catch (NobodyAnswersException e) {
      LOG.info("no worker answers for {}: a signal waits for the next one", batch);
      known(campaign, () -> stub(campaign).signal("review-complete", message));
      return Optional.empty();
    }
  }

  private <T> T update(CampaignName campaign, String name, Class<T> answer, Object... arguments) {
    return known(
        campaign,
        () -> {
          UpdateOptions<T> options =
              UpdateOptions.newBuilder(answer)
                  .setUpdateName(name)
                  .setUpdateId(UUID.randomUUID().toString()) // of all attempts: so it is done once
                  .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                  .build();
          for (int attempt = 1; ; attempt++) {
            try {
              return updateOnce(campaign, options, arguments);
            } catch (WorkflowServiceException e) {
              if (attempt == UPDATE_ATTEMPTS || code(e) != Status.Code.FAILED_PRECONDITION) {
                throw e;
              }
              LOG.info("update {} met the end of a run, once more", name);
            }
          }
        });
  }

  private <T> T updateOnce(CampaignName campaign, UpdateOptions<T> options, Object... arguments) {
    try (Context.CancellableContext patience =
        Context.current().withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS, TIMER)) {
      return patience.call(() -> stub(campaign).startUpdate(options, arguments).getResult());
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      throw new NobodyAnswersException(campaign, e);
    } catch (WorkflowUpdateException e) {
      throw new BadInputException("campaign " + campaign + " refuses: " + reason(e));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(
          "update " + options.getUpdateName() + " of " + campaign + " failed", e);
    }
  }

  private static String reason(WorkflowUpdateException e) {
    return e.getCause() instanceof ApplicationFailure failure
        ? failure.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  private static Status.@Nullable Code code(WorkflowServiceException e) {
    return e.getCause() instanceof StatusRuntimeException cause
        ? cause.getStatus().getCode()
        : null;
  }

  /** Does something with a campaign, and says so plainly if it is not there. */
  private <T> T known(CampaignName campaign, Supplier<T> work) {
    try {
      return work.get();
    } catch (WorkflowNotFoundException e) {
      throw new BadInputException(
          "there is no campaign '"
              + campaign
              + "' on this Temporal server, or it has ended: see 'campaign list'");
    }
  }

  private void known(CampaignName campaign, Runnable work) {
    known(
        campaign,
        () -> {
          work.run();
          return true;
        });
  }

  private WorkflowStub stub(CampaignName campaign) {
    return client.newUntypedWorkflowStub(campaign.workflowId());
  }
}
