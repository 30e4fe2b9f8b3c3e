package dev.labelloop.worker.client;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A campaign could not go on; the message says why. */
public final class CampaignFailedException extends RuntimeException {
  private static final Set<String> INPUT =
      Set.of(FinalFailure.BAD_DATASET, FinalFailure.BAD_SPECIFICATION, FinalFailure.BAD_MODEL);

  private final boolean badInput;

  CampaignFailedException(CampaignName campaign, Throwable failure) {
    super(reason(campaign, failure), failure);
    ApplicationFailure known = find(failure);
    badInput = known != null && INPUT.contains(known.getType());
  }

  /** Whether the cause is a mistake in what was asked, which a person can mend. */
  public boolean badInput() {
    return badInput;
  }

  private static String reason(CampaignName campaign, Throwable failure) {
    ApplicationFailure known = find(failure);
    String reason = known == null ? failure.toString() : known.getOriginalMessage();
    return "campaign '" + campaign + "' failed: " + reason;
  }

  /** The outermost failure that an activity or a workflow has worded. */
  private static @Nullable ApplicationFailure find(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure worded) {
        return worded;
      }
    }
    return null;
  }
}
