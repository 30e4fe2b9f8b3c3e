package dev.labelloop.worker.durability;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.TemporalConnection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Words about batches that come twice, late, too early, and for batches that nobody knows; and the
 * book of what the campaign owes an answer to.
 *
 * <p>Of an open batch it speaks only when every image is answered: to say more would be the truth
 * of another reviewer.
 */
final class Confusion {
  private static final String DONE =
      """
      select round, batch from review_batch b where state = 'CLOSED' or not exists (
        select from review_image i
        where i.campaign = b.campaign and i.round = b.round and i.batch = b.batch and not exists (
          select from review_answer a where a.campaign = i.campaign and a.round = i.round
            and a.image_id = i.image_id))
      """;

  /** The round that is being predicted, so that none of its batches can be there yet. */
  private static final String EARLY =
      """
      select coalesce(max(round), 0) + 1, 0 from selection
      having (select count(*) from prediction_shard
        where round = (select coalesce(max(round), 0) + 1 from selection)) < 12
      """;

  /** Its model is there, its record is not. */
  private static final String NEARLY_DONE =
      """
      select 0, 0 where (select count(*) from initial_model) + (select count(*) from challenger)
        > (select count(*) from round_record)
      """;

  private static final int FAR = 50;
  private static final int ATTEMPTS = 3;
  private static final long PATIENCE_SECONDS = 5;
  private static final long PAUSE_MILLIS = 100;

  private final CampaignName campaign;
  private final Queue<Owed> owed = new ConcurrentLinkedQueue<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  Confusion(CampaignName campaign) {
    this.campaign = campaign;
  }

  private record Owed(WorkflowExecution run, String update) {}

  /** A fault that somebody else found. */
  void tell(String fault) {
    faults.add(fault);
  }

  /** Sends signals, each twice and in any order; false if no server answers. */
  boolean signal(Endpoints endpoints, RandomGenerator random) {
    try (TemporalConnection temporal = connect(endpoints)) {
      WorkflowStub stub = temporal.client().newUntypedWorkflowStub(campaign.workflowId());
      List<BatchId> batches = batches(endpoints, random);
      for (int i = 0; i < 2 * batches.size(); i++) {
        stub.signal("review-complete", new ReviewComplete(batches.get(i % batches.size())));
      }
      return true;
    } catch (RuntimeException e) { // no server answers now, or the campaign has not begun or ended
      return false;
    }
  }

  /** Sends updates, one after the other, some twice under one id; false if none is answered. */
  boolean update(Endpoints endpoints, RandomGenerator random) {
    try (TemporalConnection temporal = connect(endpoints)) {
      boolean answered = false;
      for (BatchId batch : batches(endpoints, random)) {
        String id = UUID.randomUUID().toString();
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
          answered |= update(temporal.client(), endpoints, batch, id);
        }
      }
      return answered;
    } catch (RuntimeException e) { // as above
      return false;
    }
  }

  /** Sends both, again and again, from when a round is nearly done until the next has begun. */
  boolean atRoundsEnd(Servers servers, RandomGenerator random, Duration most) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    boolean sent = false;
    while (System.nanoTime() < end) {
      Endpoints endpoints = servers.endpoints().orElse(null);
      if (endpoints != null && !pairs(endpoints, NEARLY_DONE).isEmpty()) {
        sent |= update(endpoints, random);
        sent |= signal(endpoints, random);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } else if (sent) {
        return true;
      } else {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
    return sent;
  }

  /** Whether the campaign gave an answer. */
  private boolean update(WorkflowClient client, Endpoints endpoints, BatchId batch, String id) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        WorkflowUpdateHandle<ReviewProgress> handle =
            client
                .newUntypedWorkflowStub(campaign.workflowId())
                .startUpdate(
                    UpdateOptions.newBuilder(ReviewProgress.class)
                        .setUpdateName("completeReview")
                        .setUpdateId(id)
                        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                        .build(),
                    new ReviewComplete(batch));
        owed.add(new Owed(handle.getExecution(), id));
        check(endpoints, batch, handle.getResultAsync(PATIENCE_SECONDS, TimeUnit.SECONDS).get());
        return true;
      } catch (WorkflowNotFoundException e) {
        return false; // it has ended, or not begun
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (Exception e) {
        if (isRefusal(e)) {
          owed.removeIf(o -> o.update().equals(id));
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRefusal(@Nullable Throwable e) {
    return e != null && (e instanceof WorkflowUpdateException || isRefusal(e.getCause()));
  }

  private void check(Endpoints endpoints, BatchId batch, ReviewProgress answer) {
    if (!batch.round().campaign().equals(campaign) || batch.round().number() >= FAR) {
      faults.add("the campaign says that unknown batch " + batch + " is closed: " + answer);
    } else if (batch.index() < FAR
        && pairs(endpoints, open(batch)).stream().findAny().isPresent()) {
      faults.add("the campaign says that " + batch + " is closed, and it is open");
    }
  }

  private static String open(BatchId batch) {
    return "select round, batch from review_batch where state = 'OPEN' and round = "
        + batch.round().number()
        + " and batch = "
        + batch.index();
  }

  private List<BatchId> batches(Endpoints endpoints, RandomGenerator random) {
    List<BatchId> all = new ArrayList<>(pairs(endpoints, DONE));
    List<BatchId> early = pairs(endpoints, EARLY);
    all.addAll(early);
    all.add(new RoundId(campaign, random.nextInt(3)).batch(FAR + random.nextInt(9)));
    all.add(new RoundId(campaign, FAR).batch(0));
    all.add(new RoundId(new CampaignName("another"), 1).batch(0));
    Collections.shuffle(all, new Random(random.nextLong()));
    return all;
  }

  private List<BatchId> pairs(Endpoints endpoints, String sql) {
    List<BatchId> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(endpoints.database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(new RoundId(campaign, rows.getInt(1)).batch(rows.getInt(2)));
      }
    } catch (SQLException e) {
      // PostgreSQL is down, or its tables are not made yet: nothing is known of any batch.
    }
    return found;
  }

  /** What went wrong; every update that was accepted must have been answered by now. */
  List<String> faults(Endpoints endpoints) {
    List<String> all = new ArrayList<>(faults);
    try (TemporalConnection temporal = connect(endpoints)) {
      for (Owed update : owed) {
        try {
          temporal
              .client()
              .newUntypedWorkflowStub(
                  WorkflowTargetOptions.newBuilder().setWorkflowExecution(update.run()).build())
              .getUpdateHandle(update.update(), ReviewProgress.class)
              .getResultAsync(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .get();
        } catch (Exception e) {
          if (!isRefusal(e)) {
            all.add("update " + update.update() + " was accepted and never answered: " + e);
          }
        }
      }
    }
    return all;
  }

  private static TemporalConnection connect(Endpoints endpoints) {
    return TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
  }
}
