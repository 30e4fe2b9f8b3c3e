package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import dev.labelloop.evaluation.HoldoutScore;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads how all campaigns stand, cheaply enough to be asked every few seconds. */
public final class GaugeRepository {
  /** Goes by primary keys: it touches images of open batches alone, and one round a campaign. */
  private static final String GAUGES =
      """
      select name,
        (select count(*)
          from review_batch b join review_image i using (campaign, round, batch)
          where b.campaign = name and b.state = 'OPEN'
            and not exists (select from review_answer a
              where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
                and a.settles)
        ) as backlog,
        (select count(*) from quarantine q where q.campaign = name) as quarantined,
        coalesce(champion.map, newest.map) as map, coalesce(champion.ap50, newest.ap50) as ap50
      from campaign
      left join lateral (
        select map, ap50 from round_record r where r.campaign = name order by round desc limit 1
      ) newest on true
      left join lateral (
        select s.map, s.ap50 from champion_change c join holdout_score s using (campaign, model)
        where c.campaign = name order by c.number desc limit 1
      ) champion on true
      order by name
      """;

  private static final RowMapper<CampaignGauges> CAMPAIGN =
      (row, context) -> {
        Double map = row.getObject("map", Double.class);
        Double ap50 = row.getObject("ap50", Double.class);
        return new CampaignGauges(
            new CampaignName(row.getString("name")),
            row.getInt("backlog"),
            row.getInt("quarantined"),
            map == null || ap50 == null ? null : new HoldoutScore(map, ap50));
      };

  private final Database database;

  public GaugeRepository(Database database) {
    this.database = database;
  }

  /** All campaigns, by name. */
  public List<CampaignGauges> gauges() {
    return database.inTransaction(handle -> handle.createQuery(GAUGES).map(CAMPAIGN).list());
  }
}
