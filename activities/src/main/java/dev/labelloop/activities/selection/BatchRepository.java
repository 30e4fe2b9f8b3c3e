package dev.labelloop.activities.selection;

import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.Purpose;
import dev.labelloop.selection.SelectionResult;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** What people are asked: a round's batches, their images and their states. */
public final class BatchRepository {
  private static final String FIND =
      """
      select images, batches, active, audit, verify from selection
      where campaign = :campaign and round = :round
      """;

  private static final String INSERT =
      """
      insert into selection (campaign, round, strategy, images, batches, active, audit, verify,
        recheck)
      values (:campaign, :round, :strategy, :images, :batches, :active, :audit, :verify, :recheck)
      on conflict do nothing
      """;

  private static final String BATCHES = "review_batch (campaign, round, batch, state)";

  private static final String IMAGES =
      "review_image (campaign, round, batch, position, image_id, purpose, reason)";

  private static final String OF_BATCH =
      """
      select image_id, purpose, reason from review_image
      where campaign = :campaign and round = :round and batch = :batch order by position
      """;

  private static final String OF_PURPOSE =
      """
      select image_id from review_image
      where campaign = :campaign and round = :round and purpose = :purpose order by image_id
      """;

  private static final String OPEN =
      """
      select batch from review_batch
      where campaign = :campaign and round = :round and state = 'OPEN' order by batch
      """;

  private static final String OPEN_OF_CAMPAIGN =
      """
      select round, batch from review_batch
      where campaign = :campaign and state = 'OPEN' order by round, batch
      """;

  private static final String ANSWERED =
      """
      select campaign, round, batch from review_batch b
      where state = 'OPEN' and not exists (
        select from review_image i
        where i.campaign = b.campaign and i.round = b.round and i.batch = b.batch
          and not exists (select from review_answer a
            where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
              and a.settles))
      order by campaign, round, batch
      """;

  private static final String STATE =
      """
      select state from review_batch
      where campaign = :campaign and round = :round and batch = :batch
      """;

  private static final String PROGRESS =
      """
      select
        (select count(*) from review_batch
          where campaign = :campaign and round = :round) as batches,
        (select count(*) from review_batch
          where campaign = :campaign and round = :round and state = 'OPEN') as open,
        (select count(*) from review_image
          where campaign = :campaign and round = :round) as images,
        (select count(*) from review_answer
          where campaign = :campaign and round = :round and settles) as answered
      """;

  private static final RowMapper<Item> ITEM =
      (row, context) ->
          new Item(
              Ids.image(row.getBytes("image_id")),
              Purpose.valueOf(row.getString("purpose")),
              row.getString("reason"));

  private final Database database;

  public BatchRepository(Database database) {
    this.database = database;
  }

  /** One image of a batch. */
  public record Item(ImageId image, Purpose purpose, String reason) {}

  /** A batch's state. */
  public enum State {
    OPEN,
    CLOSED
  }

  /** The round's selection, if it is stored. */
  public Optional<SelectionResult> find(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FIND)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new SelectionResult(
                            row.getInt("images"),
                            row.getInt("batches"),
                            row.getInt("active"),
                            row.getInt("audit"),
                            row.getInt("verify")))
                .findOne());
  }

  /** Stores the round's batches whole, or leaves those that are stored. */
  public void insertIfAbsent(RoundId round, String strategy, List<Item> items, int batchSize) {
    int batches = (items.size() + batchSize - 1) / batchSize;
    database.useTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(INSERT)
                  .bindMap(Ids.key(round))
                  .bind("strategy", strategy)
                  .bind("images", items.size())
                  .bind("batches", batches)
                  .bind("active", count(items, Purpose.ACTIVE))
                  .bind("audit", count(items, Purpose.AUDIT))
                  .bind("verify", count(items, Purpose.VERIFY))
                  .bind("recheck", count(items, Purpose.RECHECK))
                  .execute();
          if (inserted == 1) {
            Database.copy(handle, BATCHES, rows -> batchRows(rows, round, batches));
            Database.copy(handle, IMAGES, rows -> imageRows(rows, round, items, batchSize));
          }
        });
  }

  private static int count(List<Item> items, Purpose purpose) {
    return (int) items.stream().filter(item -> item.purpose() == purpose).count();
  }

  private static void batchRows(CopyRows rows, RoundId round, int batches) {
    for (int k = 0; k < batches; k++) {
      rows.row(
          CopyRows.text(round.campaign().value()),
          CopyRows.int4(round.number()),
          CopyRows.int4(k),
          CopyRows.text(State.OPEN.name()));
    }
  }

  private static void imageRows(CopyRows rows, RoundId round, List<Item> items, int batchSize) {
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      rows.row(
          CopyRows.text(round.campaign().value()),
          CopyRows.int4(round.number()),
          CopyRows.int4(i / batchSize),
          CopyRows.int4(i % batchSize),
          CopyRows.bytes(Ids.bytes(item.image())),
          CopyRows.text(item.purpose().name()),
          CopyRows.text(item.reason()));
    }
  }

  /** The batch's images in their order; empty if there is no such batch. */
  public List<Item> items(BatchId batch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OF_BATCH)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .map(ITEM)
                .list());
  }

  /** The round's images of one purpose, sorted by id. */
  public List<ImageId> ofPurpose(RoundId round, Purpose purpose) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OF_PURPOSE)
                .bindMap(Ids.key(round))
                .bind("purpose", purpose.name())
                .map((row, context) -> Ids.image(row.getBytes("image_id")))
                .list());
  }

  /** The round's open batches, in order. */
  public List<BatchId> open(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OPEN)
                .bindMap(Ids.key(round))
                .map((row, context) -> round.batch(row.getInt("batch")))
                .list());
  }

  /** The campaign's open batches, in order. */
  public List<BatchId> open(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OPEN_OF_CAMPAIGN)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        new RoundId(campaign, row.getInt("round")).batch(row.getInt("batch")))
                .list());
  }

  /** Every campaign's open batches in which an answer stands for every image. */
  public List<BatchId> answered() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(ANSWERED)
                .map(
                    (row, context) ->
                        new RoundId(
                                new CampaignName(row.getString("campaign")), row.getInt("round"))
                            .batch(row.getInt("batch")))
                .list());
  }

  /** The batch's state, if there is such a batch. */
  public Optional<State> state(BatchId batch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(STATE)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .map((row, context) -> State.valueOf(row.getString("state")))
                .findOne());
  }

  /** How far the round's review is. */
  public ReviewProgress progress(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(PROGRESS)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new ReviewProgress(
                            row.getInt("batches"),
                            row.getInt("open"),
                            row.getInt("images"),
                            row.getInt("answered")))
                .one());
  }
}
