package dev.labelloop.activities.prediction;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Pairs of a pool's image and one of the holdout, by what a model makes of them. */
public final class LikenessRepository {
  /** The champion of the round has predicted both. */
  private static final String UNDECIDED =
      """
      select n.image_id, p.embedding as pool, h.embedding as holdout
      from near_duplicate n
      join prediction p on p.campaign = n.campaign and p.image_id = n.image_id
      join holdout_prediction h on h.campaign = n.campaign and h.image_id = n.holdout_id
      where n.campaign = :campaign and n.embedding_distance is null and p.round = :round
        and h.model = (select model from prediction_shard
          where campaign = :campaign and round = :round limit 1)
        and length(p.embedding) = length(h.embedding)
      order by n.image_id
      """;

  /** The first of each by id, and so a fair sample: ids are hashes. */
  private static final String STRANGERS =
      """
      with pool as (
        select embedding, row_number() over (order by image_id) - 1 as place
        from (select image_id, embedding from prediction
          where campaign = :campaign and round = :round order by image_id limit :most) first),
      holdout as (
        select embedding, row_number() over (order by image_id) - 1 as place
        from (select image_id, embedding from holdout_prediction
          where campaign = :campaign and embedding is not null
            and model = (select model from prediction_shard
              where campaign = :campaign and round = :round limit 1)
          order by image_id limit :most) first)
      select pool.embedding as pool, holdout.embedding as holdout
      from pool join holdout on pool.place % (select count(*) from holdout) = holdout.place
      where length(pool.embedding) = length(holdout.embedding)
      """;

  private static final String DECIDE =
      """
      update near_duplicate set embedding_distance = :distance, kept_out = :keptOut
      where campaign = :campaign and image_id = :image and embedding_distance is null
      """;

  private final Database database;

  public LikenessRepository(Database database) {
    this.database = database;
  }

  /**
   * A pair that looks alike.
   *
   * @param image of the pool
   */
  record Pair(ImageId image, Embeddings embeddings) {}

  /** Two embeddings, float16 bits of equal length. */
  record Embeddings(short[] pool, short[] holdout) {}

  /**
   * What an image of the pool comes to.
   *
   * @param distance of the embeddings, in [0, 2]
   */
  record Likeness(ImageId image, double distance, boolean keptOut) {}

  /** Pairs that are not decided and whose embeddings are there, by ascending image id. */
  List<Pair> undecided(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(UNDECIDED)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new Pair(Ids.image(row.getBytes("image_id")), embeddings(row)))
                .list());
  }

  /** Images of the pool with ones of the holdout, whatever they look like; in no order. */
  List<Embeddings> strangers(RoundId round, int most) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(STRANGERS)
                .bindMap(Ids.key(round))
                .bind("most", most)
                .map((row, context) -> embeddings(row))
                .list());
  }

  /** Stores what is decided; what was decided before stands. */
  void decide(CampaignName campaign, List<Likeness> decided) {
    if (!decided.isEmpty()) {
      database.useTransaction(handle -> decide(handle, campaign, decided));
    }
  }

  private static void decide(Handle handle, CampaignName campaign, List<Likeness> decided) {
    PreparedBatch batch = handle.prepareBatch(DECIDE);
    for (Likeness likeness : decided) {
      batch
          .bind("campaign", campaign.value())
          .bind("image", Ids.bytes(likeness.image()))
          .bind("distance", likeness.distance())
          .bind("keptOut", likeness.keptOut())
          .add();
    }
    batch.execute();
  }

  private static Embeddings embeddings(ResultSet row) throws SQLException {
    return new Embeddings(halves(row.getBytes("pool")), halves(row.getBytes("holdout")));
  }

  private static short[] halves(byte[] bytes) {
    short[] halves = new short[bytes.length / Short.BYTES];
    ByteBuffer.wrap(bytes).asShortBuffer().get(halves);
    return halves;
  }
}
