package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How fast people answered lately. */
public final class ThroughputRepository {
  private static final String LATELY =
      """
      select count(*) as answers, count(distinct reviewer) as people,
        min(stored_at) as first, max(stored_at) as last, coalesce(avg(seconds), 0) as seconds,
        count(*) filter (where stored_at > (select max(stored_at) from review_answer
          where campaign = :campaign) - interval '1 hour') as last_hour
      from (select distinct on (round, image_id, reviewer) stored_at, reviewer, seconds
        from review_answer
        where campaign = :campaign and stored_at > :since
        order by round, image_id, reviewer, version) answers
      """;

  private final Database database;

  public ThroughputRepository(Database database) {
    this.database = database;
  }

  /** How fast people answered since then; an image that one person answers again counts once. */
  public Throughput since(CampaignName campaign, Instant since) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(LATELY)
                .bind("campaign", campaign.value())
                .bind("since", since)
                .map(
                    (row, context) ->
                        new Throughput(
                            row.getInt("answers"),
                            row.getInt("people"),
                            row.getInt("last_hour"),
                            instant(row.getTimestamp("first")),
                            instant(row.getTimestamp("last")),
                            row.getDouble("seconds")))
                .one());
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
