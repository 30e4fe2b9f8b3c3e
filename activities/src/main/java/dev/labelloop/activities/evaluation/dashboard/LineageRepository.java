package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every model of a campaign, and what it was made of. */
public final class LineageRepository {
  private static final String MODELS =
      """
      select 0 as round, m.model, null as parent, null as training_set,
        m.description->>'architecture' as architecture, null::timestamptz as stored_at,
        null::int as images, null::int as human_images, null::int as pseudo_images,
        null::int as boxes, s.map, s.ap50, null::boolean as promoted
      from initial_model m left join holdout_score s using (campaign, model)
      where campaign = :campaign
      union all
      select c.round, c.model, c.parent, c.training_set, c.description->>'architecture',
        c.stored_at, t.images, t.human_images, t.pseudo_images, t.boxes, s.map, s.ap50,
        coalesce(r.promoted, (v.verdict->>'promoted')::boolean)
      from challenger c
        left join holdout_score s using (campaign, model)
        left join training_set t using (campaign, round)
        left join round_record r on r.campaign = c.campaign and r.round = c.round
        left join gate_verdict v on v.campaign = c.campaign and v.round = c.round
      where c.campaign = :campaign
      order by round
      """;

  private final Database database;

  public LineageRepository(Database database) {
    this.database = database;
  }

  /**
   * A model.
   *
   * @param round that trained it; 0 for the initial one
   * @param parent whose weights it began with; null for the initial one
   * @param trainingSet hash of what it was trained on; null for the initial one
   * @param stored when; null for the initial one
   * @param map on the holdout, a fraction; null until it is measured
   * @param ap50 on the holdout, a fraction; null with {@code map}
   * @param promoted whether it became champion; null for the initial one and until it is decided
   */
  public record Ancestor(
      int round,
      ModelId model,
      @Nullable ModelId parent,
      @Nullable TrainedOn trainingSet,
      @Nullable String architecture,
      @Nullable Instant stored,
      @Nullable Double map,
      @Nullable Double ap50,
      @Nullable Boolean promoted) {}

  /**
   * A training set.
   *
   * @param id its hash
   * @param images in all
   * @param humanImages of these, labelled by people
   * @param pseudoImages of these, labelled by a model
   * @param boxes labels
   */
  public record TrainedOn(String id, int images, int humanImages, int pseudoImages, int boxes) {}

  /** All models, the initial one first. */
  public List<Ancestor> models(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(MODELS)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) -> {
                      String parent = row.getString("parent");
                      String set = row.getString("training_set");
                      var stored = row.getTimestamp("stored_at");
                      return new Ancestor(
                          row.getInt("round"),
                          new ModelId(row.getString("model")),
                          parent == null ? null : new ModelId(parent),
                          set == null
                              ? null
                              : new TrainedOn(
                                  set,
                                  row.getInt("images"),
                                  row.getInt("human_images"),
                                  row.getInt("pseudo_images"),
                                  row.getInt("boxes")),
                          row.getString("architecture"),
                          stored == null ? null : stored.toInstant(),
                          row.getObject("map", Double.class),
                          row.getObject("ap50", Double.class),
                          row.getObject("promoted", Boolean.class));
                    })
                .list());
  }
}
