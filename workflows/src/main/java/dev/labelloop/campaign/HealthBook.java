package dev.labelloop.campaign;

import dev.labelloop.dataset.DatasetSummary;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign is: what it knows of itself, and what workers see that look at it from outside,
 * such as activities that fail again and again. The worst is told.
 */
final class HealthBook {
  /** Files that break off come in any folder; above this share somebody picked the wrong one. */
  private static final double QUARANTINED = 0.01;

  private HealthNote seen = HealthNote.OK;
  private int changes;
  private @Nullable HealthNote end;

  /**
   * Notes what was seen from outside.
   *
   * @return whether that is news
   */
  boolean note(@Nullable HealthNote news) {
    if (news == null || end != null || news.sameTrouble(seen)) {
      return false;
    }
    seen = news;
    changes++;
    return true;
  }

  /** What was seen from outside. */
  SeenHealth seen() {
    return new SeenHealth(seen, changes);
  }

  /** The campaign ended as it should. */
  void ended() {
    end = HealthNote.OK;
  }

  /** The campaign ends with a failure. */
  void failed(Throwable failure) {
    end =
        Failures.isCancellation(failure)
            ? HealthNote.blocked(
                "cancelled",
                "cancelled from outside; start it again, and it goes on from what is stored")
            : HealthNote.blocked("failed", Failures.reason(failure));
  }

  /**
   * How the campaign is now.
   *
   * @param paused whether a person holds it
   * @param overdue whether people were given more time than at first
   * @param dataset null before the images are registered
   */
  HealthNote now(boolean paused, boolean overdue, @Nullable DatasetSummary dataset) {
    if (end != null) {
      return end;
    }
    if (paused) {
      return HealthNote.blocked("paused", "held by a person; 'campaign resume' lets it go on");
    }
    if (!seen.ok()) {
      return seen;
    }
    if (overdue) {
      return HealthNote.degraded(
          "overdue",
          "people were not done by the deadline and were given as long again; answer what is open,"
              + " or close the batches with 'review complete'");
    }
    return dataset != null && tooManyLeftOut(dataset)
        ? HealthNote.degraded(
            "quarantined",
            dataset.quarantined()
                + " files cannot be used and are left out, more than 1 % of the images;"
                + " 'campaign report' names them")
        : HealthNote.OK;
  }

  private static boolean tooManyLeftOut(DatasetSummary dataset) {
    int used = dataset.poolImages() + dataset.holdoutImages();
    return dataset.quarantined() > QUARANTINED * (used + dataset.quarantined());
  }
}
