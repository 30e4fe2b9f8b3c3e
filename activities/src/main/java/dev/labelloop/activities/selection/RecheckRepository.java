package dev.labelloop.activities.selection;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Labelled images that people should look at again. */
public final class RecheckRepository {
  /**
   * Answers that another person sent back when their batch was closed, as long as they stand and
   * nobody was asked again.
   */
  private static final String RETURNED =
      """
      select distinct c.image_id from review_check c join image i using (campaign, image_id)
      join current_annotation a on a.campaign = c.campaign and a.image_id = c.image_id
        and a.round = c.round
      where c.campaign = :campaign and c.round < :round and c.verdict = 'RETURNED'
        and not c.reopened
        and not exists (select from review_image r
          where r.campaign = :campaign and r.image_id = c.image_id and r.round > c.round)
        and not exists (select from quarantine q
          where q.campaign = :campaign and q.file = i.path)
      order by c.image_id limit :most
      """;

  /**
   * A label is asked about once: as long as it is the one that was suspected, no recheck has been
   * drawn since, and its picture has not gone bad. Pseudo-labels are remade each round, so only the
   * newest suspicions count; an image that nobody could label when asked is not asked about again.
   */
  private static final String DOUBTED =
      """
      select image_id, kind from (
        select distinct on (s.image_id) s.image_id, s.kind, s.score
        from suspicion s join image i using (campaign, image_id)
        left join current_annotation a using (campaign, image_id)
        where campaign = :campaign and s.round < :round
          and s.version is not distinct from a.version
          and (s.version is not null or s.round = :round - 1)
          and not exists (select from review_image r
            where r.campaign = :campaign and r.image_id = s.image_id and r.purpose = 'RECHECK'
              and (s.version is null or r.round > s.round))
          and not exists (select from quarantine q
            where q.campaign = :campaign and q.file = i.path)
        order by s.image_id, s.score, s.place) worst
      order by score, image_id limit :most
      """;

  private final Database database;

  public RecheckRepository(Database database) {
    this.database = database;
  }

  /**
   * Images whose labels are in doubt: first those that another person sent back too late for their
   * reviewer, then those that a model has contradicted in earlier rounds, the most doubtful first.
   *
   * @param round that they may be drawn for
   * @param most images wanted
   */
  public List<Pick> doubted(RoundId round, int most) {
    return database.inTransaction(
        handle -> {
          Map<ImageId, Pick> picks = new LinkedHashMap<>();
          handle
              .createQuery(RETURNED)
              .bindMap(Ids.key(round))
              .bind("most", most)
              .map((row, context) -> Ids.image(row.getBytes("image_id")))
              .forEach(id -> picks.put(id, Pick.whole(id, "label in doubt: sent back")));
          handle
              .createQuery(DOUBTED)
              .bindMap(Ids.key(round))
              .bind("most", most)
              .map(
                  (row, context) ->
                      Pick.whole(
                          Ids.image(row.getBytes("image_id")), reason(row.getString("kind"))))
              .forEach(pick -> picks.putIfAbsent(pick.image(), pick));
          return picks.values().stream().limit(most).toList();
        });
  }

  private static String reason(String kind) {
    return "label in doubt: " + kind.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
