package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Batches in which images were settled and whose campaigns have perhaps not been told. A row is
 * stored with what settles an image, or not at all, and stays until somebody has looked.
 */
public final class OutboxRepository {
  private static final String ADD =
      """
      insert into review_outbox (campaign, round, batch) values (:campaign, :round, :batch)
      """;

  private static final String READ =
      """
      select campaign, round, batch, array_agg(id) as ids from review_outbox
      group by campaign, round, batch order by min(id)
      """;

  private static final String DELETE = "delete from review_outbox where id = any(:ids)";

  private final Database database;

  public OutboxRepository(Database database) {
    this.database = database;
  }

  /**
   * What was stored of a batch so far.
   *
   * @param ids of the rows that are to go once somebody has looked
   */
  public record Entry(BatchId batch, List<Long> ids) {}

  /** Notes a batch within the transaction that settles one of its images. */
  static void add(Handle handle, Map<String, ?> key, int batch) {
    handle.createUpdate(ADD).bindMap(key).bind("batch", batch).execute();
  }

  /** All there is, the oldest first. */
  public List<Entry> read() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(READ)
                .map(
                    (row, context) ->
                        new Entry(
                            new RoundId(
                                    new CampaignName(row.getString("campaign")),
                                    row.getInt("round"))
                                .batch(row.getInt("batch")),
                            List.of((Long[]) row.getArray("ids").getArray())))
                .list());
  }

  /** Takes rows away; what came in between stays. */
  public void done(Entry entry) {
    database.useTransaction(
        handle -> handle.createUpdate(DELETE).bindArray("ids", Long.class, entry.ids()).execute());
  }
}
