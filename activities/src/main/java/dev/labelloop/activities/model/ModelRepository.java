package dev.labelloop.activities.model;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.TrainingRequest;
import java.util.Optional;

/** Initial models, challengers, and which attempt may store one. */
public final class ModelRepository {
  private static final String INITIAL =
      "select model, known_classes from initial_model where campaign = :campaign";

  private static final String INSERT_INITIAL =
      """
      insert into initial_model (campaign, model, known_classes, description)
      values (:campaign, :model, :known, :description::jsonb)
      on conflict do nothing
      """;

  private static final String CHALLENGER =
      "select model from challenger where campaign = :campaign and round = :round";

  private static final String NEXT_ATTEMPT =
      """
      insert into training_attempt (campaign, round, attempt) values (:campaign, :round, 1)
      on conflict (campaign, round) do update set attempt = training_attempt.attempt + 1
      returning attempt
      """;

  private static final String NEWEST_ATTEMPT =
      """
      select attempt from training_attempt
      where campaign = :campaign and round = :round for update
      """;

  private static final String INSERT_CHALLENGER =
      """
      insert into challenger (campaign, round, model, training_set, parent, attempt, description)
      values (:campaign, :round, :model, :trainingSet, :parent, :attempt, :description::jsonb)
      on conflict do nothing
      """;

  private final Database database;

  public ModelRepository(Database database) {
    this.database = database;
  }

  /** The campaign's initial model, if it is stored. */
  public Optional<InitialModelResult> initial(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(INITIAL)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        new InitialModelResult(
                            new ModelId(row.getString("model")), row.getInt("known_classes")))
                .findOne());
  }

  /**
   * Stores the initial model, or leaves the one that is stored.
   *
   * @param description its {@code model.json}
   */
  public void insertInitial(CampaignName campaign, InitialModelResult initial, String description) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(INSERT_INITIAL)
                .bind("campaign", campaign.value())
                .bind("model", initial.model().value())
                .bind("known", initial.knownClasses())
                .bind("description", description)
                .execute());
  }

  /** The round's challenger, if it is stored. */
  public Optional<ModelId> challenger(RoundId round) {
    return database
        .<Optional<String>>inTransaction(
            handle ->
                handle
                    .createQuery(CHALLENGER)
                    .bindMap(Ids.key(round))
                    .mapTo(String.class)
                    .findOne())
        .map(ModelId::new);
  }

  /** Begins an attempt; from now on no earlier one may store anything. */
  public int beginAttempt(RoundId round) {
    return database.inTransaction(
        handle ->
            handle.createQuery(NEXT_ATTEMPT).bindMap(Ids.key(round)).mapTo(Integer.class).one());
  }

  /**
   * Stores the round's challenger, unless a newer attempt has begun. A challenger that is stored
   * already stays.
   *
   * @param description the model's {@code model.json}
   * @return whether the attempt is the newest
   */
  public boolean insertChallenger(
      TrainingRequest request, int attempt, ModelId model, String description) {
    RoundId round = request.round();
    return database.inTransaction(
        handle -> {
          int newest =
              handle.createQuery(NEWEST_ATTEMPT).bindMap(Ids.key(round)).mapTo(Integer.class).one();
          if (newest != attempt) {
            return false;
          }
          handle
              .createUpdate(INSERT_CHALLENGER)
              .bindMap(Ids.key(round))
              .bind("model", model.value())
              .bind("trainingSet", request.trainingSet().value())
              .bind("parent", request.start().value())
              .bind("attempt", attempt)
              .bind("description", description)
              .execute();
          return true;
        });
  }
}
