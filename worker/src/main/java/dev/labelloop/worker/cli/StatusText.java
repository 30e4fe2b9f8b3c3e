package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.health.PendingWork;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A campaign's status in one line, and one more for each thing that is worth it: its health, what
 * it failed by, what is tried again, what was amended.
 */
final class StatusText {
  /** The worst few tell what the matter is; {@code --json} has all. */
  private static final int RETRIES = 5;

  private StatusText() {}

  static String of(CampaignStatus status) {
    return of(CampaignProgress.told(status));
  }

  static String of(CampaignProgress progress) {
    Shown shown = ShownCampaign.of(progress);
    List<String> lines = new ArrayList<>();
    lines.add(progress.summary().campaign() + ": " + LineView.line(shown));
    if (progress.failure() != null) {
      lines.add("failed: " + progress.failure().stripTrailing());
    } else if (shown.warning() != null) {
      lines.add(shown.warning());
    }
    progress.retrying().stream()
        .sorted(Comparator.comparingInt(PendingWork::attempt).reversed())
        .limit(RETRIES)
        .forEach(work -> lines.add(retry(work)));
    if (progress.retrying().size() > RETRIES) {
      lines.add("and " + (progress.retrying().size() - RETRIES) + " more are tried again");
    }
    CampaignStatus status = progress.status();
    if (status != null && !status.amended().equals(Amendment.NONE)) {
      lines.add("amended: " + status.amended().words());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String retry(PendingWork work) {
    Instant next = work.nextTry();
    String when =
        next != null
            ? " comes at " + next.truncatedTo(ChronoUnit.SECONDS)
            : work.state() == PendingWork.State.RUNNING
                ? " runs since " + work.since().truncatedTo(ChronoUnit.SECONDS)
                : " waits for a worker of queue " + work.queue();
    return work.name()
        + ": attempt "
        + work.attempt()
        + when
        + "; the last one failed: "
        + work.lastFailure();
  }
}
