package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which model is champion, and which were before. Changes are only ever added: a step back is a
 * change too, to the champion that the present one replaced.
 */
public final class ChampionRepository {
  private static final String CHANGES =
      """
      select c.*, s.map, s.ap50 from champion_change c join holdout_score s using (campaign, model)
      where campaign = :campaign order by number
      """;

  /** One at a time, so that numbers have no gap and no double. */
  private static final String LOCK = "select from campaign where name = :campaign for update";

  private static final String INSERT =
      """
      insert into champion_change (campaign, number, round, model, predicts, how, before, request)
      select :campaign, count(*), :round, :model, :predicts, :how, :before, :request
      from champion_change where campaign = :campaign
      on conflict (campaign, request) do nothing
      """;

  private static final String INITIAL =
      """
      insert into champion_change (campaign, number, round, model, predicts, how, request)
      select campaign, 0, :round, model, known_classes > 0, 'INITIAL', 'r0'
      from initial_model where campaign = :campaign
      on conflict do nothing
      """;

  /**
   * Promotions in rounds that ended on workers of an earlier build: these record the round alone,
   * and a round stays with the build that began it, so some end after the migration.
   */
  private static final String CATCH_UP =
      """
      insert into champion_change
        (campaign, number, round, model, predicts, how, before, request, stored_at)
      select campaign, number, round, champion, round > 0 or known_classes > 0,
        case round when 0 then 'INITIAL' else 'PROMOTED' end, nullif(number, 0) - 1,
        'r' || round, stored_at
      from (select r.*, i.known_classes,
          ((select count(*) from champion_change where campaign = :campaign)
            + row_number() over (order by r.round) - 1)::int as number
        from round_record r join initial_model i using (campaign)
        where campaign = :campaign and (r.round = 0 or r.promoted)
          and not exists (select from champion_change c
            where c.campaign = r.campaign and c.request = 'r' || r.round)) missed
      """;

  private final Database database;

  public ChampionRepository(Database database) {
    this.database = database;
  }

  /**
   * One change of champion.
   *
   * @param number from 0
   * @param how INITIAL, PROMOTED or ROLLED_BACK
   * @param before number of the change that one step back leads to; null where there is none
   * @param request that asked for it
   */
  public record Change(
      int number,
      int round,
      Champion champion,
      String how,
      @Nullable Integer before,
      String request,
      Instant when) {}

  /**
   * The champion by the changes up to and with those of a round, if the initial model is measured.
   * In a campaign that was started again later ones are there already: they come in their turn.
   */
  public Optional<Champion> after(RoundId round) {
    return database.inTransaction(
        handle -> {
          lock(handle, round.campaign());
          return newest(
              changes(handle, round.campaign()).stream()
                  .filter(change -> change.round() <= round.number())
                  .toList());
        });
  }

  /** All changes, the first first. */
  public static List<Change> changes(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(CHANGES)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Change(
                    row.getInt("number"),
                    row.getInt("round"),
                    new Champion(
                        new ModelId(row.getString("model")),
                        new HoldoutScore(row.getDouble("map"), row.getDouble("ap50")),
                        row.getBoolean("predicts")),
                    row.getString("how"),
                    row.getObject("before", Integer.class),
                    row.getString("request"),
                    row.getTimestamp("stored_at").toInstant()))
        .list();
  }

  private static Optional<Champion> newest(List<Change> changes) {
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(changes.get(changes.size() - 1).champion());
  }

  /** Makes the initial model the first champion. */
  public static void begin(Handle handle, RoundId round) {
    handle.createUpdate(INITIAL).bindMap(Ids.key(round)).execute();
  }

  /** Makes a round's challenger champion. */
  static void promote(Handle handle, RoundId round, ModelId challenger) {
    lock(handle, round.campaign());
    List<Change> changes = changes(handle, round.campaign());
    Integer before = changes.isEmpty() ? null : changes.get(changes.size() - 1).number();
    insert(handle, round, challenger, true, "PROMOTED", before, "r" + round.number());
  }

  /**
   * Makes the champion before the present one champion again, once for each request.
   *
   * @return the champion from now on; empty if there was none before the present one
   */
  public Optional<Champion> rollBack(RollBackRequest request) {
    RoundId round = request.round();
    return database.inTransaction(
        handle -> {
          lock(handle, round.campaign());
          List<Change> changes = changes(handle, round.campaign());
          if (changes.stream().noneMatch(change -> change.request().equals(request.id()))) {
            Integer before = changes.isEmpty() ? null : changes.get(changes.size() - 1).before();
            if (before == null) {
              return Optional.empty();
            }
            Change earlier = changes.get(before);
            insert(
                handle,
                round,
                earlier.champion().model(),
                earlier.champion().predicts(),
                "ROLLED_BACK",
                earlier.before(),
                request.id());
          }
          return newest(changes(handle, round.campaign()));
        });
  }

  /** From here on nobody else changes the champion, and every promotion so far is among them. */
  private static void lock(Handle handle, CampaignName campaign) {
    handle.createQuery(LOCK).bind("campaign", campaign.value()).mapToMap().list();
    handle.createUpdate(CATCH_UP).bind("campaign", campaign.value()).execute();
  }

  private static void insert(
      Handle handle,
      RoundId round,
      ModelId model,
      boolean predicts,
      String how,
      @Nullable Integer before,
      String request) {
    handle
        .createUpdate(INSERT)
        .bindMap(Ids.key(round))
        .bind("model", model.value())
        .bind("predicts", predicts)
        .bind("how", how)
        .bind("before", before)
        .bind("request", request)
        .execute();
  }
}
