package dev.labelloop.dataset;

import dev.labelloop.core.CampaignName;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Registers what a campaign works on, and what people amend of it. Queue {@code data}. */
@ActivityInterface
public interface DatasetActivities {
  /**
   * Scans the campaign's image folder, stores images, classes, holdout and quarantine.
   *
   * <p>Idempotent: everything is stored in one transaction; once stored, every later call returns
   * the stored summary, whatever lies in the folder by then. Heartbeats with the number of files
   * read.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadDataset}, not retryable, when
   *     the folder is missing, holds no usable image, or the holdout file does not fit
   */
  @ActivityMethod
  DatasetSummary registerDataset(CampaignName campaign);

  /**
   * Stores an amendment; from then on selections keep to the budget it says.
   *
   * <p>Idempotent: a request is stored once.
   */
  @ActivityMethod
  void storeAmendment(AmendmentRequest request);
}
