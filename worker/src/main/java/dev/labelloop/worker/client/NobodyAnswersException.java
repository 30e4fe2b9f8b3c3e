package dev.labelloop.worker.client;

import dev.labelloop.core.CampaignName;

/** No worker serves the campaign: start one, and ask again. */
public final class NobodyAnswersException extends RuntimeException {
  NobodyAnswersException(CampaignName campaign, Throwable cause) {
    super(
        "no worker answers for campaign '"
            + campaign
            + "': start 'labelloop run', 'serve' or 'worker', then ask again",
        cause);
  }
}
