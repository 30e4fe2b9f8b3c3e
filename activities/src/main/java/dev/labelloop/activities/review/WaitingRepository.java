package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.prediction.Detection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Counts what a campaign's people have before them. */
public final class WaitingRepository {
  /** Goes by primary keys: it touches images of open batches alone. */
  private static final String WAITING =
      """
      select i.waits, p.boxes
      from review_batch b join review_image i using (campaign, round, batch)
        left join prediction p using (campaign, round, image_id)
      where b.campaign = :campaign and b.state = 'OPEN'
        and not exists (select from review_answer a
          where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
            and a.settles)
      """;

  private static final String ANSWERED =
      """
      select count(*) from review_answer a
      where a.campaign = :campaign and a.settles and exists (select from review_batch b
        where b.campaign = a.campaign and b.round = a.round and b.state = 'OPEN')
      """;

  private final Database database;

  /**
   * An image without an answer that stands.
   *
   * @param waits for people, rather than for a decision between them
   * @param boxes proposed
   */
  private record Image(boolean waits, int boxes) {}

  public WaitingRepository(Database database) {
    this.database = database;
  }

  /** What waits now; zeros for a campaign that is not under review, or not known. */
  public Waiting waiting(CampaignName campaign) {
    return database.inTransaction(handle -> waiting(handle, campaign));
  }

  private static Waiting waiting(Handle handle, CampaignName campaign) {
    List<Image> images =
        handle
            .createQuery(WAITING)
            .bind("campaign", campaign.value())
            .map((row, context) -> new Image(row.getBoolean("waits"), shown(row.getBytes("boxes"))))
            .list();
    List<Image> asked = images.stream().filter(Image::waits).toList();
    return new Waiting(
        asked.size(),
        asked.stream().mapToInt(Image::boxes).sum(),
        images.size() - asked.size(),
        handle.createQuery(ANSWERED).bind("campaign", campaign.value()).mapTo(Integer.class).one());
  }

  /** An image that was not predicted has none: the first round of a model that knows no class. */
  private static int shown(byte @Nullable [] packed) {
    return packed == null
        ? 0
        : (int) PackedBoxes.detections(packed).stream().filter(Detection::shown).count();
  }
}
