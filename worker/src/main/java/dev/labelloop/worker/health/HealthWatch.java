package dev.labelloop.worker.health;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.SeenHealth;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the open campaigns now and then and tells each what it cannot see itself, by signal
 * {@code health}, so that lists and pages show it.
 *
 * <p>While all is well it says nothing, and no event is written. Any number of processes may do so
 * side by side: they see the same, compare with what the campaign was told, and the campaign
 * ignores what it knows.
 */
public final class HealthWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);

  /** Soon enough for people, seldom enough for a server with a thousand campaigns. */
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final WorkflowClient client;
  private final Onlooker onlooker;
  private final Calm calm;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "health");
            thread.setDaemon(true);
            return thread;
          });

  private HealthWatch(WorkflowClient client, Duration calm) {
    this.client = client;
    this.onlooker = new Onlooker(client);
    this.calm = new Calm(calm);
  }

  /** Looks every fifteen seconds, from now on until it is closed. */
  public static HealthWatch start(WorkflowClient client) {
    return start(client, EVERY, Calm.FIRST);
  }

  /** For tests, which have no fifteen seconds. */
  static HealthWatch start(WorkflowClient client, Duration every, Duration calm) {
    HealthWatch watch = new HealthWatch(client, calm);
    var unused =
        watch.timer.scheduleWithFixedDelay(
            watch::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** A server that is away, or a campaign that ends meanwhile, is met again at the next look. */
  private void look() {
    try {
      List<Sight> sights =
          onlooker.open().stream().flatMap(name -> onlooker.look(name).stream()).toList();
      Service service = new Service(client, () -> sights);
      sights.forEach(sight -> tell(sight, service));
      calm.keepOnly(keys(sights));
    } catch (RuntimeException e) {
      if (!timer.isShutdown()) {
        LOG.info("cannot look after the campaigns now, the next look comes soon: {}", e.toString());
      }
    }
  }

  private void tell(Sight sight, Service service) {
    HealthNote first = HealthJudge.judge(sight, service::serves, Instant.now(), HealthNote.OK);
    if (first.ok() && (sight.shown() == null || sight.shown() == CampaignHealth.OK)) {
      return; // as ever: nobody needs to be asked
    }
    WorkflowStub campaign = client.newUntypedWorkflowStub(sight.campaign().workflowId());
    try {
      SeenHealth told = campaign.query("seenHealth", SeenHealth.class);
      HealthNote seen = HealthJudge.judge(sight, service::serves, Instant.now(), told.note());
      if (calm.tell(key(sight), seen, told, Instant.now())) {
        LOG.info("campaign {} is {}: {}", sight.campaign(), seen.level(), seen.reason());
        campaign.signal("health", seen);
      }
    } catch (WorkflowException e) {
      LOG.info(
          "campaign {} cannot be told that it is {}: {}", sight.campaign(), first, e.toString());
    }
  }

  private static Set<String> keys(List<Sight> sights) {
    Set<String> keys = new HashSet<>();
    sights.forEach(sight -> keys.add(key(sight)));
    return keys;
  }

  /** A run that follows another begins anew. */
  private static String key(Sight sight) {
    return sight.workflows().get(0).getWorkflowExecutionInfo().getExecution().getRunId();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      timer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
