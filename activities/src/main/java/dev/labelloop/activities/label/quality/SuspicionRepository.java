package dev.labelloop.activities.label.quality;

import dev.labelloop.activities.detector.BoxFusion;
import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.Box;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Labels beside the predictions that they are held against, and what came of it. */
public final class SuspicionRepository {
  /** Rows in memory at a time: some megabytes, and few journeys for a million. */
  private static final int ROWS_AT_ONCE = 5_000;

  private static final String FIRST =
      """
      left join prediction f on f.campaign = p.campaign and f.image_id = p.image_id
        and f.round = (select min(round) from prediction_shard where campaign = :campaign)
      """;

  /** Who labels an image in a round was given it from the pool, and the model saw it there. */
  private static final String FRESH =
      """
      select a.image_id, a.version, a.boxes as labels, l.ignore_regions, p.boxes as found,
        f.boxes as first
      from current_annotation a join annotation l using (campaign, image_id, version)
      join prediction p on p.campaign = a.campaign and p.round = a.round
        and p.image_id = a.image_id
      """
          + FIRST
          + """
      where p.campaign = :campaign and p.round = :round order by a.image_id
      """;

  private static final String PSEUDO =
      """
      select l.image_id, l.boxes as labels, l.ignore_regions, p.boxes as found, f.boxes as first
      from pseudo_label l join prediction p using (campaign, image_id)
      """
          + FIRST
          + """
      where p.campaign = :campaign and l.round = :round - 1 and p.round = :round
        and not exists (select from current_annotation a
          where a.campaign = :campaign and a.image_id = l.image_id)
      order by l.image_id
      """;

  private static final String ROWS =
      "suspicion (campaign, round, place, image_id, version, kind, score, label, instead)";

  private final Database database;

  public SuspicionRepository(Database database) {
    this.database = database;
  }

  /**
   * A person's label.
   *
   * @param image with the detections of the first model and the round's
   * @param version of the annotation
   * @param ignore places of which the label says neither yes nor no
   */
  public record Fresh(AuditedImage image, int version, List<Box> ignore) {}

  /**
   * A model's label.
   *
   * @param image with the detections of the first model and the next one
   * @param ignore places of which the label says neither yes nor no
   */
  public record Pseudo(AuditedImage image, List<Box> ignore) {}

  /** People's labels of the round that stand, by ascending image id. */
  public List<Fresh> fresh(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FRESH)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new Fresh(
                            audited(row),
                            row.getInt("version"),
                            ignored(row.getBytes("ignore_regions"))))
                .list());
  }

  /**
   * Reads the pseudo-labels of the round before on images without a human label, with this round's
   * predictions, by ascending image id.
   *
   * @param reader gets them as they come; what it returns must not lean on the stream
   */
  public <T> T readPseudo(RoundId round, Function<Stream<Pseudo>, T> reader) {
    return database.inTransaction(
        handle -> {
          try (Stream<Pseudo> images =
              handle
                  .createQuery(PSEUDO)
                  .setFetchSize(ROWS_AT_ONCE)
                  .bindMap(Ids.key(round))
                  .map(
                      (row, context) ->
                          new Pseudo(
                              audited(row), ignored(row.getBytes("ignore_regions"))))
                  .stream()) {
            return reader.apply(images);
          }
        });
  }

  private static List<Box> ignored(byte @Nullable [] packed) {
    return packed == null
        ? List.of()
        : PackedBoxes.labels(packed).stream().map(LabelledBox::box).toList();
  }

  /**
   * A row of {@code image_id}, {@code labels}, and the boxes that two models have {@code found}
   * and, null if it is not known, {@code first}.
   */
  public static AuditedImage audited(ResultSet row) throws SQLException {
    List<Detection> found = PackedBoxes.detections(row.getBytes("found"));
    byte[] first = row.getBytes("first");
    return new AuditedImage(
        Ids.image(row.getBytes("image_id")),
        PackedBoxes.labels(row.getBytes("labels")),
        first == null ? found : BoxFusion.of(List.of(PackedBoxes.detections(first), found)));
  }

  /** Stores what a round found, within a transaction that does so once. */
  public static void insert(Handle handle, RoundId round, List<Doubt> doubts) {
    Database.copy(
        handle,
        ROWS,
        rows -> {
          for (int place = 0; place < doubts.size(); place++) {
            row(rows, round, place, doubts.get(place));
          }
        });
  }

  private static void row(CopyRows rows, RoundId round, int place, Doubt doubt) {
    Suspicion suspicion = doubt.suspicion();
    Integer version = doubt.version();
    rows.row(
        CopyRows.text(round.campaign().value()),
        CopyRows.int4(round.number()),
        CopyRows.int4(place),
        CopyRows.bytes(Ids.bytes(suspicion.image())),
        version == null ? CopyRows.none() : CopyRows.int4(version),
        CopyRows.text(suspicion.kind().name()),
        CopyRows.float4((float) suspicion.score()),
        packed(suspicion.label()),
        packed(suspicion.instead()));
  }

  private static CopyRows.Column packed(@Nullable LabelledBox box) {
    return box == null ? CopyRows.none() : CopyRows.bytes(PackedBoxes.ofLabels(List.of(box)));
  }
}
