package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.worker.client.CampaignProgress;

/** A campaign's status in one line. */
final class StatusText {
  private StatusText() {}

  static String of(CampaignStatus status) {
    return of(new CampaignProgress(status, null, null));
  }

  static String of(CampaignProgress progress) {
    return progress.status().campaign() + ": " + LineView.line(Shown.of(progress));
  }
}
