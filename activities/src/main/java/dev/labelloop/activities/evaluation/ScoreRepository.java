package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import java.util.Optional;

/** What models scored, and how rounds ended. */
public final class ScoreRepository {
  private static final String FIND =
      "select map, ap50 from holdout_score where campaign = :campaign and model = :model";

  private static final String INSERT =
      """
      insert into holdout_score (campaign, model, map, ap50, class_ap)
      values (:campaign, :model, :map, :ap50, :classAp::jsonb)
      on conflict do nothing
      """;

  private static final String INSERT_ANALYSIS =
      """
      insert into error_analysis (campaign, model, analysis)
      values (:campaign, :model, :analysis::jsonb)
      """;

  /**
   * People's work is counted here, at the end of the round, over all rounds so far: that of the
   * answers that stand.
   */
  private static final String INSERT_ROUND =
      """
      insert into round_record (campaign, round, challenger, challenger_map, champion, map, ap50,
        promoted, images_reviewed, boxes_touched, person_seconds, pseudo_boxes)
      select :campaign, :round, :challenger, :challengerMap, :champion, :map, :ap50, :promoted,
        count(distinct image_id), coalesce(sum(touched), 0), coalesce(sum(seconds), 0),
        coalesce((select pseudo_boxes from label_result
          where campaign = :campaign and round = :round and accepted), 0)
      from review_answer where campaign = :campaign and round <= :round and settles
      on conflict do nothing
      """;

  private final Database database;

  public ScoreRepository(Database database) {
    this.database = database;
  }

  /** A model's score, if it is stored. */
  public Optional<HoldoutScore> find(CampaignName campaign, ModelId model) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FIND)
                .bind("campaign", campaign.value())
                .bind("model", model.value())
                .map((row, c) -> new HoldoutScore(row.getDouble("map"), row.getDouble("ap50")))
                .findOne());
  }

  /**
   * Stores a model's score and why it is no better, both or neither; or leaves those stored.
   *
   * @param classAp JSON object of average precision by class name
   */
  public void insertIfAbsent(
      EvaluationRequest request, HoldoutScore score, String classAp, ErrorAnalysis analysis) {
    database.useTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(INSERT)
                  .bind("campaign", request.campaign().value())
                  .bind("model", request.model().value())
                  .bind("map", score.map())
                  .bind("ap50", score.ap50())
                  .bind("classAp", classAp)
                  .execute();
          if (inserted == 1) {
            handle
                .createUpdate(INSERT_ANALYSIS)
                .bind("campaign", request.campaign().value())
                .bind("model", request.model().value())
                .bind("analysis", analysis.json())
                .execute();
          }
        });
  }

  /** Stores how a round ended; the first record stands. */
  public void insertRound(RoundRecord r) {
    ModelId challenger = r.challenger();
    HoldoutScore challengerScore = r.challengerScore();
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(INSERT_ROUND)
              .bindMap(Ids.key(r.round()))
              .bind("challenger", challenger == null ? null : challenger.value())
              .bind("challengerMap", challengerScore == null ? null : challengerScore.map())
              .bind("champion", r.champion().value())
              .bind("map", r.championScore().map())
              .bind("ap50", r.championScore().ap50())
              .bind("promoted", r.promoted())
              .execute();
          if (r.round().number() == 0) {
            ChampionRepository.begin(handle, r.round());
          }
        });
  }
}
