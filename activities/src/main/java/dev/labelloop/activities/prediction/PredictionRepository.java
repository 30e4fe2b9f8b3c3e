package dev.labelloop.activities.prediction;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Predictions of pools, by round and shard, and of holdouts, by model. */
public final class PredictionRepository {
  /** Any constant of ours: partitions are made one at a time. */
  private static final long PARTITION_LOCK = 7_305_132_001L;

  /** Rows of a pool in memory at a time: some megabytes, and few journeys for a million. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final String COUNT_POOL =
      """
      select count(*) as images,
        (select (pool_images + shard_size - 1) / shard_size from dataset where campaign = :campaign)
          as shards
      from image i
      where campaign = :campaign and not holdout
        and not exists (select from current_annotation a
          where a.campaign = :campaign and a.image_id = i.image_id)
      """;

  private static final String SHARD_IMAGES =
      """
      select image_id, path, width, height from image i
      where campaign = :campaign
        and ordinal >= :shard * (select shard_size from dataset where campaign = :campaign)
        and ordinal < (:shard + 1) * (select shard_size from dataset where campaign = :campaign)
        and not exists (select from current_annotation a
          where a.campaign = :campaign and a.image_id = i.image_id)
      order by ordinal
      """;

  private static final String SHARD_LEDGER =
      """
      select images, boxes, quarantined from prediction_shard
      where campaign = :campaign and round = :round and shard = :shard
      """;

  /** The first shard of a round decides which model predicts it: they come one at a time. */
  private static final String LOCK_FIRST_SHARD =
      """
      select from campaign where name = :campaign and not exists (
        select from prediction_shard where campaign = :campaign and round = :round)
      for no key update
      """;

  private static final String INSERT_SHARD =
      """
      insert into prediction_shard (campaign, round, shard, model, images, boxes, quarantined)
      select :campaign, :round, :shard, :model, :images, :boxes, :quarantined
      where :model = coalesce((select model from prediction_shard
        where campaign = :campaign and round = :round limit 1), :model)
      on conflict do nothing
      """;

  private static final String ROWS =
      "prediction (campaign, round, image_id, uncertainty, box_count, boxes, embedding)";

  private static final String HOLDOUT_LEDGER =
      """
      select images, boxes, quarantined from holdout_prediction_ledger
      where campaign = :campaign and model = :model
      """;

  private static final String INSERT_HOLDOUT =
      """
      insert into holdout_prediction_ledger (campaign, model, images, boxes, quarantined)
      values (:campaign, :model, :images, :boxes, :quarantined)
      on conflict do nothing
      """;

  private static final String HOLDOUT_ROWS =
      "holdout_prediction (campaign, model, image_id, boxes, embedding)";

  private static final String HOLDOUT =
      """
      select image_id, boxes from holdout_prediction
      where campaign = :campaign and model = :model order by image_id
      """;

  private static final String POOL =
      """
      select image_id, boxes from prediction p
      where campaign = :campaign and round = :round
        and not exists (select from current_annotation a
          where a.campaign = :campaign and a.image_id = p.image_id)
        and not exists (select from near_duplicate n
          where n.campaign = :campaign and n.image_id = p.image_id and n.kept_out)
        and not exists (select from review_image r
          where r.campaign = :campaign and r.round = :round and r.image_id = p.image_id)
      order by image_id
      """;

  private static final String OF_IMAGE =
      """
      select boxes from prediction
      where campaign = :campaign and round = :round and image_id = :image
      """;

  private static final String MODEL_OF_ROUND =
      """
      select model from prediction_shard where campaign = :campaign and round = :round limit 1
      """;

  private static final RowMapper<ShardResult> RESULT =
      (row, context) ->
          new ShardResult(row.getInt("images"), row.getInt("boxes"), row.getInt("quarantined"));

  private static final RowMapper<PredictedImage> PREDICTED =
      (row, context) ->
          new PredictedImage(
              Ids.image(row.getBytes("image_id")), PackedBoxes.detections(row.getBytes("boxes")));

  private final Database database;

  public PredictionRepository(Database database) {
    this.database = database;
  }

  /**
   * What one image got.
   *
   * @param uncertainty 1 − mean confidence; 1 where nothing was found
   * @param embedding float16 bits
   */
  public record Row(
      ImageId image, double uncertainty, List<Detection> detections, short[] embedding) {}

  /** Makes the round's partition if it is missing. */
  public void preparePartition(int round) {
    database.useTransaction(
        handle -> {
          handle
              .createQuery("select pg_advisory_xact_lock(:lock)")
              .bind("lock", PARTITION_LOCK)
              .mapToMap()
              .list();
          handle.execute(
              "create table if not exists prediction_r"
                  + round
                  + " partition of prediction for values in ("
                  + round
                  + ")");
        });
  }

  /** Images of the pool without a human label, and the shards of the whole pool. */
  public PredictionPlan plan(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(COUNT_POOL)
                .bind("campaign", campaign.value())
                .map((row, c) -> new PredictionPlan(row.getInt("images"), row.getInt("shards")))
                .one());
  }

  /** The shard's images without a human label, in pool order. */
  public List<StoredImage> shardImages(ShardRef shard) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SHARD_IMAGES)
                .bind("campaign", shard.round().campaign().value())
                .bind("shard", shard.shard())
                .map(ImageRepository.IMAGE)
                .list());
  }

  /** The shard's ledger, if it is stored. */
  public Optional<ShardResult> findShard(ShardRef shard) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SHARD_LEDGER)
                .bindMap(Ids.key(shard.round()))
                .bind("shard", shard.shard())
                .map(RESULT)
                .findOne());
  }

  /**
   * Stores a shard whole, or leaves it as another attempt has stored it. One of another model than
   * the round's first shard is not stored at all: a round is never predicted by two.
   */
  public void insertShard(ShardRef shard, ShardResult result, List<Row> rows) {
    String campaign = shard.round().campaign().value();
    int round = shard.round().number();
    insert(
        handle -> {
          Map<String, ?> key = Ids.key(shard.round());
          handle.createQuery(LOCK_FIRST_SHARD).bindMap(key).mapToMap().list();
          return handle
              .createUpdate(INSERT_SHARD)
              .bindMap(key)
              .bind("shard", shard.shard())
              .bind("model", shard.model().value())
              .bind("images", result.images())
              .bind("boxes", result.boxes())
              .bind("quarantined", result.quarantined())
              .execute();
        },
        ROWS,
        copy ->
            rows.forEach(
                row ->
                    copy.row(
                        CopyRows.text(campaign),
                        CopyRows.int4(round),
                        CopyRows.bytes(Ids.bytes(row.image())),
                        CopyRows.float4((float) row.uncertainty()),
                        CopyRows.int4(row.detections().size()),
                        CopyRows.bytes(PackedBoxes.ofDetections(row.detections())),
                        CopyRows.bytes(bytes(row.embedding())))));
  }

  /** The holdout's ledger for a model, if it is stored. */
  public Optional<ShardResult> findHoldout(HoldoutRef holdout) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(HOLDOUT_LEDGER)
                .bind("campaign", holdout.campaign().value())
                .bind("model", holdout.model().value())
                .map(RESULT)
                .findOne());
  }

  /** Stores a model's prediction of the holdout whole, or leaves it as it is stored. */
  public void insertHoldout(HoldoutRef holdout, ShardResult result, List<Row> rows) {
    String campaign = holdout.campaign().value();
    String model = holdout.model().value();
    insert(
        handle ->
            handle
                .createUpdate(INSERT_HOLDOUT)
                .bind("campaign", campaign)
                .bind("model", model)
                .bind("images", result.images())
                .bind("boxes", result.boxes())
                .bind("quarantined", result.quarantined())
                .execute(),
        HOLDOUT_ROWS,
        copy ->
            rows.forEach(
                row ->
                    copy.row(
                        CopyRows.text(campaign),
                        CopyRows.text(model),
                        CopyRows.bytes(Ids.bytes(row.image())),
                        CopyRows.bytes(PackedBoxes.ofDetections(row.detections())),
                        CopyRows.bytes(bytes(row.embedding())))));
  }

  private interface Ledger {
    int insert(Handle handle);
  }

  private void insert(Ledger ledger, String columns, Consumer<CopyRows> rows) {
    database.useTransaction(
        handle -> {
          if (ledger.insert(handle) == 1) {
            Database.copy(handle, columns, rows);
          }
        });
  }

  /** A model's detections on the holdout, by image. */
  public Map<ImageId, List<Detection>> holdout(CampaignName campaign, ModelId model) {
    Map<ImageId, List<Detection>> all = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(HOLDOUT)
                .bind("campaign", campaign.value())
                .bind("model", model.value())
                .map(PREDICTED)
                .forEach(image -> all.put(image.image(), image.detections())));
    return all;
  }

  /**
   * Reads the round's predictions of pool images without a human label, by ascending id; without
   * those that look like an image of the holdout, and once the round is drawn without those that it
   * asks people about: what they said, or would not say, stands before what a model says.
   *
   * @param reader gets them as they come, for a pool may be larger than memory; what it returns
   *     must not lean on the stream
   */
  public <T> T readPool(RoundId round, Function<Stream<PredictedImage>, T> reader) {
    return database.inTransaction(
        handle -> {
          try (Stream<PredictedImage> images =
              handle
                  .createQuery(POOL)
                  .setFetchSize(ROWS_AT_ONCE)
                  .bindMap(Ids.key(round))
                  .map(PREDICTED)
                  .stream()) {
            return reader.apply(images);
          }
        });
  }

  /** The round's detections on one image; none where it was not predicted. */
  public List<Detection> ofImage(RoundId round, ImageId image) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OF_IMAGE)
                .bindMap(Ids.key(round))
                .bind("image", Ids.bytes(image))
                .map((row, context) -> PackedBoxes.detections(row.getBytes("boxes")))
                .findOne()
                .orElse(List.of()));
  }

  /** The model that predicted a round, if it was predicted. */
  public Optional<ModelId> modelOf(RoundId round) {
    return database
        .<Optional<String>>inTransaction(
            handle ->
                handle
                    .createQuery(MODEL_OF_ROUND)
                    .bindMap(Ids.key(round))
                    .mapTo(String.class)
                    .findOne())
        .map(ModelId::new);
  }

  private static byte[] bytes(short[] halves) {
    byte[] out = new byte[halves.length * Short.BYTES];
    ByteBuffer.wrap(out).asShortBuffer().put(halves);
    return out;
  }
}
