package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.prediction.Detection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a campaign's people have before them. */
public final class WaitingRepository {
  /** Goes by primary keys: it touches images of open batches alone. */
  private static final String WAITING =
      """
      select p.boxes
      from review_batch b join review_image i using (campaign, round, batch)
        left join prediction p using (campaign, round, image_id)
      where b.campaign = :campaign and b.state = 'OPEN'
        and not exists (select from review_answer a
          where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
            and a.settles)
      """;

  private final Database database;

  public WaitingRepository(Database database) {
    this.database = database;
  }

  /** What waits now; zeros for a campaign that is not under review, or not known. */
  public Waiting waiting(CampaignName campaign) {
    List<Integer> boxes =
        database.inTransaction(
            handle ->
                handle
                    .createQuery(WAITING)
                    .bind("campaign", campaign.value())
                    .map((row, context) -> shown(row.getBytes("boxes")))
                    .list());
    return new Waiting(boxes.size(), boxes.stream().mapToInt(Integer::intValue).sum());
  }

  /** An image that was not predicted has none: the first round of a model that knows no class. */
  private static int shown(byte @Nullable [] packed) {
    return packed == null
        ? 0
        : (int) PackedBoxes.detections(packed).stream().filter(Detection::shown).count();
  }
}
