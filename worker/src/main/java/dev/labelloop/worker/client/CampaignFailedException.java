package dev.labelloop.worker.client;

import dev.labelloop.campaign.Failures;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;

/** A campaign could not go on; the message says why. */
public final class CampaignFailedException extends RuntimeException {
  private static final Set<String> INPUT =
      Set.of(FinalFailure.BAD_DATASET, FinalFailure.BAD_SPECIFICATION, FinalFailure.BAD_MODEL);

  private final boolean badInput;
  private final String reason;

  CampaignFailedException(CampaignName campaign, Throwable failure) {
    super("campaign '" + campaign + "' failed: " + Failures.reason(failure), failure);
    reason = Failures.reason(failure);
    ApplicationFailure known = Failures.worded(failure);
    badInput = known != null && INPUT.contains(known.getType());
  }

  /** Whether the cause is a mistake in what was asked, which a person can mend. */
  public boolean badInput() {
    return badInput;
  }

  /** Why, without the campaign's name. */
  public String reason() {
    return reason;
  }
}
