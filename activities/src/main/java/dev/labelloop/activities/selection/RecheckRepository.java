package dev.labelloop.activities.selection;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.RoundId;
import java.util.List;
import java.util.Locale;

/** Labelled images that people should look at again. */
public final class RecheckRepository {
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
   * Images with labels that a model has contradicted in earlier rounds, the most doubtful first.
   *
   * @param round that they may be drawn for
   * @param most images wanted
   */
  public List<Pick> doubted(RoundId round, int most) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(DOUBTED)
                .bindMap(Ids.key(round))
                .bind("most", most)
                .map(
                    (row, context) ->
                        Pick.whole(
                            Ids.image(row.getBytes("image_id")), reason(row.getString("kind"))))
                .list());
  }

  private static String reason(String kind) {
    return "label in doubt: " + kind.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
