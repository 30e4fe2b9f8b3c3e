package dev.labelloop.activities.label;

import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.label.quality.Doubt;
import dev.labelloop.activities.label.quality.SuspicionRepository;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.label.LabelledBox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Annotations, pseudo-labels, and how a round's acceptance went. */
public final class LabelRepository {
  private static final String RESULT =
      """
      select pseudo_images, pseudo_boxes, ignore_regions, verified, precision, accepted, reason
      from label_result where campaign = :campaign and round = :round
      """;

  private static final String INSERT_RESULT =
      """
      insert into label_result (campaign, round, pseudo_images, pseudo_boxes, ignore_regions,
        verified, precision, accepted, reason)
      values (:campaign, :round, :images, :boxes, :ignore, :verified, :precision, :accepted,
        :reason)
      on conflict do nothing
      """;

  private static final String PSEUDO_ROWS =
      "pseudo_label (campaign, round, image_id, model, boxes, box_count, ignore_regions)";

  private static final String PSEUDO =
      """
      select image_id, boxes, ignore_regions from pseudo_label
      where campaign = :campaign and round = :round order by image_id
      """;

  private static final String ANNOTATIONS =
      """
      select image_id, a.boxes, a.ignore_regions
      from current_annotation join annotation a using (campaign, image_id, version)
        join image i using (campaign, image_id)
      where campaign = :campaign and i.holdout = :holdout order by image_id
      """;

  private final Database database;

  public LabelRepository(Database database) {
    this.database = database;
  }

  /**
   * A model's labels of one image.
   *
   * @param boxes sure enough to be labels
   * @param ignore too unsure to be labels, too sure to be background; the class says what of
   */
  public record PseudoLabels(ImageId image, List<LabelledBox> boxes, List<LabelledBox> ignore) {}

  /** How the round's acceptance went, if it did. */
  public Optional<LabelResult> find(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(RESULT)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new LabelResult(
                            row.getInt("pseudo_images"),
                            row.getInt("pseudo_boxes"),
                            row.getInt("ignore_regions"),
                            row.getInt("verified"),
                            row.getObject("precision", Double.class),
                            row.getBoolean("accepted"),
                            row.getString("reason")))
                .findOne());
  }

  /**
   * Stores a round's pseudo-labels, their result and what labels are in doubt whole, or leaves
   * those that are stored.
   */
  public void insertIfAbsent(
      RoundId round,
      LabelResult result,
      String model,
      List<PseudoLabels> labels,
      List<Doubt> doubts) {
    database.useTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(INSERT_RESULT)
                  .bindMap(Ids.key(round))
                  .bind("images", result.pseudoImages())
                  .bind("boxes", result.pseudoBoxes())
                  .bind("ignore", result.ignoreRegions())
                  .bind("verified", result.verified())
                  .bind("precision", result.precision())
                  .bind("accepted", result.accepted())
                  .bind("reason", result.reason())
                  .execute();
          if (inserted == 1) {
            Database.copy(
                handle,
                PSEUDO_ROWS,
                rows -> labels.forEach(image -> row(rows, round, model, image)));
            SuspicionRepository.insert(handle, round, doubts);
          }
        });
  }

  private static void row(CopyRows rows, RoundId round, String model, PseudoLabels image) {
    rows.row(
        CopyRows.text(round.campaign().value()),
        CopyRows.int4(round.number()),
        CopyRows.bytes(Ids.bytes(image.image())),
        CopyRows.text(model),
        CopyRows.bytes(PackedBoxes.ofLabels(image.boxes())),
        CopyRows.int4(image.boxes().size()),
        CopyRows.bytes(PackedBoxes.ofLabels(image.ignore())));
  }

  /** The round's pseudo-labels, sorted by image. */
  public List<PseudoLabels> pseudoLabels(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(PSEUDO)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new PseudoLabels(
                            Ids.image(row.getBytes("image_id")),
                            PackedBoxes.labels(row.getBytes("boxes")),
                            PackedBoxes.labels(row.getBytes("ignore_regions"))))
                .list());
  }

  /**
   * People's label of an image.
   *
   * @param ignore places that nobody has looked at, neither objects nor background; the class says
   *     what of
   */
  public record Annotation(List<LabelledBox> boxes, List<LabelledBox> ignore) {}

  /** People's current labels of the pool, by image. */
  public Map<ImageId, Annotation> poolLabels(CampaignName campaign) {
    return annotations(campaign, false);
  }

  /** The boxes of people's current labels of the pool, by image. */
  public Map<ImageId, List<LabelledBox>> poolAnnotations(CampaignName campaign) {
    return boxes(annotations(campaign, false));
  }

  /** The holdout's truth, by image. */
  public Map<ImageId, List<LabelledBox>> holdoutAnnotations(CampaignName campaign) {
    return boxes(annotations(campaign, true));
  }

  private static Map<ImageId, List<LabelledBox>> boxes(Map<ImageId, Annotation> all) {
    Map<ImageId, List<LabelledBox>> boxes = new TreeMap<>();
    all.forEach((image, label) -> boxes.put(image, label.boxes()));
    return boxes;
  }

  private Map<ImageId, Annotation> annotations(CampaignName campaign, boolean holdout) {
    Map<ImageId, Annotation> all = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(ANNOTATIONS)
                .bind("campaign", campaign.value())
                .bind("holdout", holdout)
                .map((row, context) -> Map.entry(Ids.image(row.getBytes("image_id")), label(row)))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue())));
    return all;
  }

  private static Annotation label(ResultSet row) throws SQLException {
    byte[] ignore = row.getBytes("ignore_regions");
    return new Annotation(
        PackedBoxes.labels(row.getBytes("boxes")),
        ignore == null ? List.of() : PackedBoxes.labels(ignore));
  }
}
