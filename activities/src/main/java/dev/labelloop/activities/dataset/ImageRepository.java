package dev.labelloop.activities.dataset;

import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Images, holdout truth and quarantine of campaigns. */
public final class ImageRepository {
  private static final String SUMMARY =
      """
      select pool_images, holdout_images, holdout_to_label, quarantined, duplicates, shard_size
      from dataset where campaign = :campaign
      """;

  private static final String INSERT_SUMMARY =
      """
      insert into dataset (campaign, pool_images, holdout_images, holdout_to_label, quarantined,
        duplicates, shard_size)
      values (:campaign, :pool, :holdout, :toLabel, :quarantined, :duplicates, :shard)
      on conflict (campaign) do nothing
      """;

  private static final String IMAGES =
      "image (campaign, image_id, path, width, height, holdout, ordinal)";

  private static final String INSERT_ANNOTATION =
      """
      insert into annotation (campaign, image_id, version, round, maker, boxes, box_count)
      values (:campaign, :image, 1, 0, :maker, :boxes, :count)
      """;

  private static final String INSERT_DUPLICATE =
      "insert into duplicate_file (campaign, file, image_id) values (:campaign, :file, :image)";

  private static final String INSERT_QUARANTINE =
      """
      insert into quarantine (campaign, file, reason) values (:campaign, :file, :reason)
      on conflict do nothing
      """;

  private static final String INSERT_CRASHING =
      """
      insert into quarantine (campaign, file, reason, crashing)
      values (:campaign, :file, :reason, true)
      on conflict (campaign, file) do update set reason = excluded.reason, crashing = true
      """;

  private static final String CRASHING =
      "select file from quarantine where campaign = :campaign and crashing";

  private static final String FIND =
      """
      select image_id, path, width, height from image
      where campaign = :campaign and image_id = :image
      """;

  private static final String HOLDOUT =
      """
      select image_id, path, width, height from image
      where campaign = :campaign and holdout order by image_id
      """;

  private static final String ALL =
      "select image_id, path, width, height from image where campaign = :campaign order by image_id";

  private static final String UNLABELLED =
      """
      select image_id, path, width, height from image i
      where campaign = :campaign and not holdout
        and not exists (select from current_annotation a
          where a.campaign = :campaign and a.image_id = i.image_id)
        and not exists (select from quarantine q
          where q.campaign = :campaign and q.file = i.path)
        and not exists (select from near_duplicate n
          where n.campaign = :campaign and n.image_id = i.image_id and n.kept_out)
      order by image_id
      """;

  private static final String READABLE =
      """
      select image_id, path, width, height from image i
      where campaign = :campaign
        and not exists (select from quarantine q
          where q.campaign = :campaign and q.file = i.path)
      order by image_id
      """;

  private static final String QUARANTINED =
      """
      select image_id, path, width, height from image i
      join quarantine q on q.campaign = i.campaign and q.file = i.path
      where i.campaign = :campaign and not q.crashing
      order by image_id
      """;

  private static final String RELEASE =
      "delete from quarantine where campaign = :campaign and file = :file";

  private static final String BY_PATH =
      """
      select image_id, path, width, height from image where campaign = :campaign
      union all
      select image_id, file, width, height from duplicate_file join image using (campaign, image_id)
      where campaign = :campaign
      order by path
      """;

  /** Reads image_id, path, width, height. */
  public static final RowMapper<StoredImage> IMAGE =
      (row, context) ->
          new StoredImage(
              Ids.image(row.getBytes("image_id")),
              row.getString("path"),
              row.getInt("width"),
              row.getInt("height"));

  private final Database database;

  public ImageRepository(Database database) {
    this.database = database;
  }

  /** The summary, once the data set is registered. */
  public Optional<DatasetSummary> summary(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SUMMARY)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        new DatasetSummary(
                            row.getInt("pool_images"),
                            row.getInt("holdout_images"),
                            row.getInt("holdout_to_label"),
                            row.getInt("quarantined"),
                            row.getInt("duplicates"),
                            row.getInt("shard_size")))
                .findOne());
  }

  /**
   * A whole data set, to be stored at once.
   *
   * @param pool sorted by id
   * @param holdout sorted by id
   * @param truth the holdout's boxes where a file gave them; empty where people label it first
   * @param truthMaker names that file
   * @param quarantine reasons by file
   * @param duplicates further files of an image
   */
  public record Dataset(
      DatasetSummary summary,
      List<StoredImage> pool,
      List<StoredImage> holdout,
      Map<ImageId, List<LabelledBox>> truth,
      String truthMaker,
      Map<String, String> quarantine,
      Map<String, ImageId> duplicates,
      List<NearDuplicate> nearDuplicates) {}

  /** Stores everything, or leaves everything as another attempt has stored it. */
  public void insertIfAbsent(CampaignName campaign, Dataset dataset) {
    database.useTransaction(
        handle -> {
          DatasetSummary s = dataset.summary();
          int inserted =
              handle
                  .createUpdate(INSERT_SUMMARY)
                  .bind("campaign", campaign.value())
                  .bind("pool", s.poolImages())
                  .bind("holdout", s.holdoutImages())
                  .bind("toLabel", s.holdoutToLabel())
                  .bind("quarantined", s.quarantined())
                  .bind("duplicates", s.duplicates())
                  .bind("shard", s.shardSize())
                  .execute();
          if (inserted == 1) {
            insertImages(handle, campaign, dataset);
            dataset
                .quarantine()
                .forEach((file, reason) -> insertQuarantine(handle, campaign, file, reason));
            dataset
                .duplicates()
                .forEach((file, image) -> insertDuplicate(handle, campaign, file, image));
            insertTruth(handle, campaign, dataset);
            NearDuplicateRepository.insert(handle, campaign, dataset.nearDuplicates());
          }
        });
  }

  private static void insertImages(Handle handle, CampaignName campaign, Dataset dataset) {
    Database.copy(
        handle,
        IMAGES,
        rows -> {
          for (int i = 0; i < dataset.pool().size(); i++) {
            row(rows, campaign, dataset.pool().get(i), CopyRows.int4(i), false);
          }
          dataset.holdout().forEach(image -> row(rows, campaign, image, CopyRows.none(), true));
        });
  }

  private static void insertDuplicate(
      Handle handle, CampaignName campaign, String file, ImageId image) {
    handle
        .createUpdate(INSERT_DUPLICATE)
        .bind("campaign", campaign.value())
        .bind("file", file)
        .bind("image", Ids.bytes(image))
        .execute();
  }

  private static void insertTruth(Handle handle, CampaignName campaign, Dataset dataset) {
    dataset
        .truth()
        .forEach(
            (image, boxes) ->
                handle
                    .createUpdate(INSERT_ANNOTATION)
                    .bind("campaign", campaign.value())
                    .bind("image", Ids.bytes(image))
                    .bind("maker", dataset.truthMaker())
                    .bind("boxes", PackedBoxes.ofLabels(boxes))
                    .bind("count", boxes.size())
                    .execute());
  }

  private static void row(
      CopyRows rows,
      CampaignName campaign,
      StoredImage image,
      CopyRows.Column ordinal,
      boolean holdout) {
    rows.row(
        CopyRows.text(campaign.value()),
        CopyRows.bytes(Ids.bytes(image.id())),
        CopyRows.text(image.path()),
        CopyRows.int4(image.width()),
        CopyRows.int4(image.height()),
        CopyRows.bool(holdout),
        ordinal);
  }

  /** Keeps a file out, with its reason; the first reason stands. */
  public void quarantine(CampaignName campaign, String file, String reason) {
    database.useTransaction(handle -> insertQuarantine(handle, campaign, file, reason));
  }

  private static void insertQuarantine(
      Handle handle, CampaignName campaign, String file, String reason) {
    handle
        .createUpdate(INSERT_QUARANTINE)
        .bind("campaign", campaign.value())
        .bind("file", file)
        .bind("reason", reason)
        .execute();
  }

  /** Keeps a file out for good, because reading it crashes a process. */
  public void quarantineCrashing(CampaignName campaign, String file, String reason) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(INSERT_CRASHING)
                .bind("campaign", campaign.value())
                .bind("file", file)
                .bind("reason", reason)
                .execute());
  }

  /** Files that are never to be opened again. */
  public Set<String> crashing(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            Set.copyOf(
                handle
                    .createQuery(CRASHING)
                    .bind("campaign", campaign.value())
                    .mapTo(String.class)
                    .list()));
  }

  /** An image, if it is registered. */
  public Optional<StoredImage> find(CampaignName campaign, ImageId image) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FIND)
                .bind("campaign", campaign.value())
                .bind("image", Ids.bytes(image))
                .map(IMAGE)
                .findOne());
  }

  /** The holdout, sorted by id. */
  public List<StoredImage> holdout(CampaignName campaign) {
    return list(HOLDOUT, campaign);
  }

  /**
   * Pool images that no person has labelled, that can be read and that do not look like an image of
   * the holdout, sorted by id.
   */
  public List<StoredImage> unlabelledPool(CampaignName campaign) {
    return list(UNLABELLED, campaign);
  }

  /** All images, sorted by id. */
  public List<StoredImage> all(CampaignName campaign) {
    return list(ALL, campaign);
  }

  /** All images that could be read so far, sorted by id. */
  public List<StoredImage> readable(CampaignName campaign) {
    return list(READABLE, campaign);
  }

  /**
   * Registered images that could not be read some time later and may be tried again, sorted by id.
   */
  public List<StoredImage> quarantined(CampaignName campaign) {
    return list(QUARANTINED, campaign);
  }

  /** Takes a file out of quarantine. */
  public void release(CampaignName campaign, String file) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(RELEASE)
                .bind("campaign", campaign.value())
                .bind("file", file)
                .execute());
  }

  /** All images by every path that they lie at. */
  public List<StoredImage> byPath(CampaignName campaign) {
    return list(BY_PATH, campaign);
  }

  private List<StoredImage> list(String query, CampaignName campaign) {
    return database.inTransaction(
        handle -> handle.createQuery(query).bind("campaign", campaign.value()).map(IMAGE).list());
  }
}
