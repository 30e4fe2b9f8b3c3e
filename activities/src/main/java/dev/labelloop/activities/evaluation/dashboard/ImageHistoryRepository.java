package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Annotated;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Answered;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Predicted;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Pseudo;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Suspected;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.label.LabelledBox;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads everything that was ever said about an image, in one snapshot. */
public final class ImageHistoryRepository {
  private static final String IMAGE =
      """
      select image_id, path, width, height from image
      where campaign = :campaign and image_id = :image
      """;

  private static final String STANDING =
      """
      select holdout, (select reason from quarantine q
          where q.campaign = i.campaign and q.file = i.path) as quarantine
      from image i where campaign = :campaign and image_id = :image
      """;

  private static final String PREDICTIONS =
      """
      select round, (select min(model) from prediction_shard s
          where s.campaign = p.campaign and s.round = p.round) as model,
        1 - uncertainty as certainty, boxes
      from prediction p where campaign = :campaign and image_id = :image order by round
      """;

  /** In the order in which the models were made. */
  private static final String HOLDOUT_PREDICTIONS =
      """
      select null::int as round, model, null::double precision as certainty, boxes
      from holdout_prediction p
      where campaign = :campaign and image_id = :image
      order by (select min(round) from challenger c
        where c.campaign = p.campaign and c.model = p.model) nulls first, model
      """;

  private static final String PSEUDO =
      """
      select round, model, boxes, ignore_regions from pseudo_label
      where campaign = :campaign and image_id = :image order by round
      """;

  private static final String ANSWERS =
      """
      select a.*, i.purpose, i.reason as why
      from review_answer a left join review_image i using (campaign, round, image_id)
      where campaign = :campaign and image_id = :image order by stored_at, round, version
      """;

  private static final String ANNOTATIONS =
      """
      select version, round, maker, stored_at, boxes from annotation
      where campaign = :campaign and image_id = :image order by version
      """;

  private static final String SUSPICIONS =
      """
      select round, version, replace(lower(kind), '_', ' ') as kind, score, label, instead
      from suspicion where campaign = :campaign and image_id = :image order by round, place
      """;

  private final Database database;

  public ImageHistoryRepository(Database database) {
    this.database = database;
  }

  /** The history of an image, if it is registered. */
  public Optional<ImageHistory> find(CampaignName campaign, ImageId image) {
    return database.inSnapshot(
        handle -> {
          Of of = new Of(handle, campaign, image);
          return of.list(IMAGE, ImageRepository.IMAGE).stream()
              .findFirst()
              .map(
                  stored -> {
                    Standing standing = of.list(STANDING, STANDING_ROW).get(0);
                    return new ImageHistory(
                        stored,
                        standing.holdout,
                        standing.quarantine,
                        Stream.of(PREDICTIONS, HOLDOUT_PREDICTIONS)
                            .flatMap(query -> of.list(query, PREDICTED).stream())
                            .toList(),
                        of.list(PSEUDO, PSEUDO_ROW),
                        of.list(ANSWERS, ANSWERED),
                        of.list(ANNOTATIONS, ANNOTATED),
                        of.list(SUSPICIONS, SUSPECTED));
                  });
        });
  }

  private record Of(Handle handle, CampaignName campaign, ImageId image) {
    <T> List<T> list(String query, RowMapper<T> row) {
      return handle
          .createQuery(query)
          .bind("campaign", campaign.value())
          .bind("image", Ids.bytes(image))
          .map(row)
          .list();
    }
  }

  private record Standing(boolean holdout, @Nullable String quarantine) {}

  private static final RowMapper<Standing> STANDING_ROW =
      (row, context) -> new Standing(row.getBoolean("holdout"), row.getString("quarantine"));

  private static final RowMapper<Predicted> PREDICTED =
      (row, context) -> {
        String model = row.getString("model");
        return new Predicted(
            row.getObject("round", Integer.class),
            model == null ? null : new ModelId(model),
            row.getObject("certainty", Double.class),
            PackedBoxes.detections(row.getBytes("boxes")));
      };

  private static final RowMapper<Pseudo> PSEUDO_ROW =
      (row, context) ->
          new Pseudo(
              row.getInt("round"),
              new ModelId(row.getString("model")),
              PackedBoxes.labels(row.getBytes("boxes")),
              PackedBoxes.labels(row.getBytes("ignore_regions")));

  private static final RowMapper<Answered> ANSWERED =
      (row, context) ->
          new Answered(
              row.getInt("round"),
              row.getInt("version"),
              row.getString("purpose"),
              row.getString("why"),
              row.getString("outcome"),
              row.getString("reviewer"),
              row.getTimestamp("stored_at").toInstant(),
              row.getDouble("seconds"),
              row.getInt("kept"),
              row.getInt("touched"),
              row.getString("reason"),
              PackedBoxes.labels(row.getBytes("boxes")));

  private static final RowMapper<Annotated> ANNOTATED =
      (row, context) -> {
        byte[] boxes = row.getBytes("boxes");
        return new Annotated(
            row.getInt("version"),
            row.getInt("round"),
            row.getString("maker"),
            instant(row.getTimestamp("stored_at")),
            boxes == null ? null : PackedBoxes.labels(boxes));
      };

  private static final RowMapper<Suspected> SUSPECTED =
      (row, context) ->
          new Suspected(
              row.getInt("round"),
              row.getObject("version", Integer.class),
              row.getString("kind"),
              row.getDouble("score"),
              one(row.getBytes("label")),
              PackedBoxes.labels(row.getBytes("instead")).get(0));

  private static @Nullable LabelledBox one(byte @Nullable [] packed) {
    return packed == null ? null : PackedBoxes.labels(packed).get(0);
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
