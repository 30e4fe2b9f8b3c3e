package dev.labelloop.worker.health;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.TaskQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says how a campaign is, from what is seen of it; thinks only, asks nobody. */
public final class HealthJudge {
  /** Two failures come with every killed worker and every restarted server. */
  static final int WORTH_A_LOOK = 3;

  /** With pauses of up to a minute between them, some four minutes after the first. */
  static final int HOPELESS = 10;

  /** An attempt that has run for so long and speaks gets on, whatever happened before it. */
  static final Duration GETS_ON = Duration.ofMinutes(2);

  /** So long it may take until a worker that has just started asks for work. */
  static final Duration UNSERVED = Duration.ofSeconds(10);

  /** A decision that fails is tried again at once, later after some seconds. */
  static final int DECISION_FAILS = 3;

  private HealthJudge() {}

  /**
   * The worst that is seen.
   *
   * @param served whether a worker serves a queue; asked only for queues where something waits
   * @param told what was said before: it is said again while it is as bad as anything else, so that
   *     two troubles do not take turns
   */
  public static HealthNote judge(
      Sight sight, Predicate<String> served, Instant now, HealthNote told) {
    List<HealthNote> found = new ArrayList<>();
    sight.decisions().stream()
        .filter(decision -> decision.attempt() >= DECISION_FAILS && !decision.running())
        .max(Comparator.comparingInt(PendingDecision::attempt))
        .map(HealthJudge::failingDecision)
        .ifPresent(found::add);
    waiting(sight, now).filter(served.negate()).map(HealthJudge::unserved).forEach(found::add);
    sight.work().stream()
        .sorted(Comparator.comparingInt(PendingWork::attempt).reversed())
        .map(work -> of(work, now))
        .filter(note -> !note.ok())
        .forEach(found::add);
    CampaignHealth worst =
        found.stream().map(HealthNote::level).max(Comparator.naturalOrder()).orElse(null);
    List<HealthNote> worstOnes = found.stream().filter(note -> note.level() == worst).toList();
    return worstOnes.stream()
        .filter(told::sameTrouble)
        .findFirst()
        .or(() -> worstOnes.stream().findFirst())
        .orElse(HealthNote.OK);
  }

  /** The queues in which something has waited for a while, in the order of the loop. */
  private static Stream<String> waiting(Sight sight, Instant now) {
    Instant late = now.minus(UNSERVED);
    boolean decision =
        sight.decisions().stream().anyMatch(d -> !d.running() && d.since().isBefore(late));
    return Stream.concat(
            decision ? Stream.of(TaskQueues.CAMPAIGN) : Stream.of(),
            sight.work().stream()
                .filter(w -> w.state() == PendingWork.State.WAITING && w.since().isBefore(late))
                .map(PendingWork::queue))
        .distinct();
  }

  /** What is said where nobody serves a queue. */
  public static HealthNote unserved(String queue) {
    return new HealthNote(
        CampaignHealth.BLOCKED,
        "unserved/" + queue,
        "no worker serves queue "
            + queue
            + ": start one with 'labelloop worker --queues "
            + queue
            + " …', or 'labelloop serve' for a home");
  }

  private static HealthNote failingDecision(PendingDecision decision) {
    return new HealthNote(
        CampaignHealth.BLOCKED,
        "decisions",
        "the workflow "
            + decision.workflow()
            + " cannot take its next step"
            + (decision.lastFailure() == null ? "" : ": " + decision.lastFailure())
            + "; workers of another build, or their logs, are where to look");
  }

  private static HealthNote of(PendingWork work, Instant now) {
    if (work.state() == PendingWork.State.PAUSED) {
      return new HealthNote(
          CampaignHealth.BLOCKED,
          "held/" + work.activity(),
          work.name() + " is held in the Temporal Web UI; unpause it there");
    }
    if (!work.hasFailed() || work.attempt() < WORTH_A_LOOK) {
      return HealthNote.OK;
    }
    boolean hopeless = work.attempt() >= HOPELESS && !getsOn(work, now);
    return new HealthNote(
        hopeless ? CampaignHealth.BLOCKED : CampaignHealth.DEGRADED,
        "retries/" + work.activity(),
        work.name() + " fails again and again and is tried again: " + work.lastFailure());
  }

  private static boolean getsOn(PendingWork work, Instant now) {
    Instant heartbeat = work.heartbeat();
    return work.state() == PendingWork.State.RUNNING
        && heartbeat != null
        && heartbeat.isAfter(work.since().plus(GETS_ON))
        && work.since().isBefore(now.minus(GETS_ON));
  }
}
