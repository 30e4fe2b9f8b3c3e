package dev.labelloop.activities.label.quality;

import java.util.List;

/**
 * Holds the holdout's labels against models, which never learn from them. What they say is for a
 * person to look at: nothing changes these labels but people.
 */
public final class HoldoutAudit {
  private HoldoutAudit() {}

  /** What is doubtful, the most suspicious first. */
  public static List<Suspicion> suspicions(List<AuditedImage> holdout) {
    LabelAudit audit = LabelAudit.calibratedOn(holdout);
    return holdout.stream()
        .flatMap(image -> audit.suspicions(image).stream())
        .filter(suspicion -> suspicion.score() <= RoundAudit.DOUBTFUL)
        .sorted(Suspicion.REVIEW_ORDER)
        .toList();
  }
}
