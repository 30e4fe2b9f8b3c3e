package dev.labelloop.activities.dataset;

import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Images of pools that look like one of their holdout. */
public final class NearDuplicateRepository {
  private static final String ROWS =
      "near_duplicate (campaign, image_id, holdout_id, hash_distance, kept_out)";

  private static final String KEPT_OUT =
      "select image_id from near_duplicate where campaign = :campaign and kept_out";

  private final Database database;

  public NearDuplicateRepository(Database database) {
    this.database = database;
  }

  /**
   * Stores what a registration found, within its transaction; they stay out until more is known.
   */
  static void insert(Handle handle, CampaignName campaign, List<NearDuplicate> found) {
    Database.copy(
        handle,
        ROWS,
        rows ->
            found.forEach(
                pair ->
                    rows.row(
                        CopyRows.text(campaign.value()),
                        CopyRows.bytes(Ids.bytes(pair.image())),
                        CopyRows.bytes(Ids.bytes(pair.holdout())),
                        CopyRows.int4(pair.hashDistance()),
                        CopyRows.bool(true))));
  }

  /** Images of the pool that must not be learned from. */
  public Set<ImageId> keptOut(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(KEPT_OUT)
                    .bind("campaign", campaign.value())
                    .map((row, context) -> Ids.image(row.getBytes("image_id")))
                    .list()));
  }
}
