package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.BoxQueries.Suspect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Labels of earlier rounds, and what models have said against them. */
final class LabelBeforeRepository {
  private static final String LABEL =
      """
      select version, boxes, ignore_regions from annotation
      where campaign = :campaign and image_id = :image and round < :round
      order by version desc limit 1
      """;

  private static final String SUSPECTS =
      """
      select kind, score, label, instead from suspicion
      where campaign = :campaign and image_id = :image and round < :round and version = :version
      order by score, round, place
      """;

  private static final RowMapper<Suspect> SUSPECT =
      (row, context) -> {
        byte[] label = row.getBytes("label");
        return new Suspect(
            SuspicionKind.valueOf(row.getString("kind")),
            label == null ? null : PackedBoxes.labels(label).get(0),
            PackedBoxes.labels(row.getBytes("instead")).get(0),
            Math.min(1, Math.max(0, 1 - row.getDouble("score"))));
      };

  private LabelBeforeRepository() {}

  /** The label that stood before a round, if one did. */
  static Optional<LabelBefore> find(Handle handle, Map<String, ?> key) {
    return handle
        .createQuery(LABEL)
        .bindMap(key)
        .map(
            (row, context) -> {
              byte[] boxes = row.getBytes("boxes");
              return boxes == null
                  ? Optional.<LabelBefore>empty()
                  : Optional.of(
                      new LabelBefore(
                          PackedBoxes.labels(boxes),
                          SettlementRepository.regions(row.getBytes("ignore_regions")),
                          suspects(handle, key, row.getInt("version"))));
            })
        .findOne()
        .flatMap(label -> label);
  }

  private static List<Suspect> suspects(Handle handle, Map<String, ?> key, int version) {
    return handle.createQuery(SUSPECTS).bindMap(key).bind("version", version).map(SUSPECT).list();
  }
}
