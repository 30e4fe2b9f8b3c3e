package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What is known of the images of a batch when people are asked about them. */
public final class ItemRepository {
  private static final String ITEMS =
      """
      select i.purpose, m.image_id, m.path, m.width, m.height, p.boxes
      from review_image i join image m using (campaign, image_id)
      left join prediction p using (campaign, round, image_id)
      where campaign = :campaign and round = :round and i.batch = :batch
      """;

  private static final String ONE = " and image_id = :image";
  private static final String ALL = " order by i.position";

  private final Database database;

  public ItemRepository(Database database) {
    this.database = database;
  }

  /**
   * An image of a batch.
   *
   * @param purpose for which it is asked about
   * @param before the label from before the round; null if none stood
   * @param detections the round's; none where the image was not predicted
   */
  public record Item(
      StoredImage image,
      Purpose purpose,
      @Nullable LabelBefore before,
      List<Detection> detections) {}

  /** The batch's images in their order; empty if there is no such batch. */
  public List<Item> of(BatchId batch) {
    return database.inTransaction(handle -> items(handle, handle.createQuery(ITEMS + ALL), batch));
  }

  /** One image of a batch, if it is there. */
  public Optional<Item> find(BatchId batch, ImageId image) {
    return database.inTransaction(
        handle ->
            items(handle, handle.createQuery(ITEMS + ONE).bind("image", Ids.bytes(image)), batch)
                .stream()
                .findFirst());
  }

  private static List<Item> items(Handle handle, Query query, BatchId batch) {
    return query
        .bindMap(Ids.key(batch.round()))
        .bind("batch", batch.index())
        .map(
            (row, context) -> {
              StoredImage image = ImageRepository.IMAGE.map(row, context);
              byte[] boxes = row.getBytes("boxes");
              return new Item(
                  image,
                  Purpose.valueOf(row.getString("purpose")),
                  LabelBeforeRepository.find(handle, SeatRepository.key(batch.round(), image.id()))
                      .orElse(null),
                  boxes == null ? List.of() : PackedBoxes.detections(boxes));
            })
        .list();
  }
}
