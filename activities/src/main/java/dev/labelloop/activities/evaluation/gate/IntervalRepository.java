package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How sure the scores of models are. */
public final class IntervalRepository {
  private static final String ALL =
      """
      select model, lower, upper, confidence, replicates, seed, images, clusters
      from score_interval where campaign = :campaign
      """;

  /** The newest models first: people look at these. */
  private static final String MISSING =
      """
      select model from holdout_score s left join challenger c using (campaign, model)
      where campaign = :campaign and not exists (select from score_interval i
        where i.campaign = s.campaign and i.model = s.model)
      order by c.round desc nulls last, model
      """;

  private static final String INSERT =
      """
      insert into score_interval
        (campaign, model, lower, upper, confidence, replicates, seed, images, clusters)
      values
        (:campaign, :model, :lower, :upper, :confidence, :replicates, :seed, :images, :clusters)
      on conflict do nothing
      """;

  private final Database database;

  public IntervalRepository(Database database) {
    this.database = database;
  }

  /** The intervals so far, by model. */
  public Map<ModelId, MapInterval> all(CampaignName campaign) {
    Map<ModelId, MapInterval> all = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(ALL)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        Map.entry(
                            new ModelId(row.getString("model")),
                            new MapInterval(
                                row.getObject("lower", Double.class),
                                row.getObject("upper", Double.class),
                                row.getDouble("confidence"),
                                row.getInt("replicates"),
                                row.getLong("seed"),
                                row.getInt("images"),
                                row.getInt("clusters"))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue())));
    return all;
  }

  /** Models with a score and without an interval, the newest first. */
  public List<ModelId> missing(CampaignName campaign) {
    return database
        .<List<String>>inTransaction(
            handle ->
                handle
                    .createQuery(MISSING)
                    .bind("campaign", campaign.value())
                    .mapTo(String.class)
                    .list())
        .stream()
        .map(ModelId::new)
        .distinct()
        .toList();
  }

  /** Stores an interval, or leaves the one that is stored. */
  public void insertIfAbsent(CampaignName campaign, ModelId model, MapInterval interval) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(INSERT)
                .bind("campaign", campaign.value())
                .bind("model", model.value())
                .bindMethods(interval)
                .execute());
  }
}
