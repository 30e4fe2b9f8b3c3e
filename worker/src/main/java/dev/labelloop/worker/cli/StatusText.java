package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.client.CampaignProgress;

/** A campaign's status in one line, and a second one when it was amended. */
final class StatusText {
  private StatusText() {}

  static String of(CampaignStatus status) {
    return of(new CampaignProgress(status, null, null));
  }

  static String of(CampaignProgress progress) {
    CampaignStatus status = progress.status();
    String line = status.campaign() + ": " + LineView.line(Shown.of(progress));
    return status.amended().equals(Amendment.NONE)
        ? line
        : line + System.lineSeparator() + "amended: " + status.amended().words();
  }
}
