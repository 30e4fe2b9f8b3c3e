package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Quarantined;
import dev.labelloop.activities.evaluation.CampaignReport.Round;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.DatasetSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Reads everything that a person is told about a campaign, in one snapshot. */
public final class ReportRepository {
  /** Pictures of people's labels and of the model's, each; a screen or two. */
  private static final int PICTURES = 12;

  private static final int QUARANTINE = 100;

  private static final String MODEL = "model";

  private static final String ROUNDS =
      """
      select r.*, l.reason from round_record r
      left join label_result l using (campaign, round)
      where campaign = :campaign order by round
      """;

  /** The newest round whose pseudo-labels stand; earlier ones are history. */
  private static final String PSEUDO =
      """
      select p.image_id, i.path, i.width, i.height, 'model' as maker, p.boxes
      from pseudo_label p join image i using (campaign, image_id)
      where campaign = :campaign
        and round = (select max(round) from label_result where campaign = :campaign)
        and not exists (select from annotation a
          where a.campaign = p.campaign and a.image_id = p.image_id)
      order by p.image_id
      """;

  private static final String ANNOTATED =
      """
      select a.image_id, i.path, i.width, i.height, a.maker, a.boxes
      from current_annotation a join image i using (campaign, image_id)
      where a.campaign = :campaign and not i.holdout
      order by a.image_id
      """;

  private static final String QUARANTINED =
      "select file, reason from quarantine where campaign = :campaign order by file limit :most";

  private final Database database;

  public ReportRepository(Database database) {
    this.database = database;
  }

  /** The finished rounds so far. */
  public List<Round> rounds(CampaignName campaign) {
    return database.inTransaction(handle -> rounds(handle, campaign));
  }

  /** The report as of now. */
  public CampaignReport report(CampaignSpec spec, DatasetSummary dataset) {
    return database.inTransaction(
        handle -> {
          List<Picture> labelled = new ArrayList<>(pictures(handle, ANNOTATED, spec));
          List<Picture> pseudo = pictures(handle, PSEUDO, spec);
          labelled.addAll(pseudo);
          return new CampaignReport(
              spec.name().value(),
              spec.classes(),
              dataset,
              spec.review().tool(),
              rounds(handle, spec.name()),
              origins(labelled),
              sample(labelled),
              quarantine(handle, spec.name()));
        });
  }

  private static List<Round> rounds(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(ROUNDS)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Round(
                    row.getInt("round"),
                    row.getInt("images_reviewed"),
                    row.getInt("boxes_touched"),
                    row.getDouble("person_seconds"),
                    row.getInt("pseudo_boxes"),
                    row.getDouble("map"),
                    row.getDouble("ap50"),
                    row.getObject("challenger_map", Double.class),
                    row.getBoolean("promoted"),
                    new ModelId(row.getString("champion")),
                    row.getString("reason")))
        .list();
  }

  private static List<Picture> pictures(Handle handle, String query, CampaignSpec spec) {
    return handle
        .createQuery(query)
        .bind("campaign", spec.name().value())
        .map(
            (row, context) ->
                new Picture(
                    Ids.image(row.getBytes("image_id")),
                    Path.of(spec.images()).resolve(row.getString("path")),
                    row.getInt("width"),
                    row.getInt("height"),
                    row.getString("maker"),
                    PackedBoxes.labels(row.getBytes("boxes"))))
        .list();
  }

  private static List<Origin> origins(List<Picture> labelled) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Picture picture : labelled) {
      int[] count = counts.computeIfAbsent(picture.maker(), maker -> new int[2]);
      count[0]++;
      count[1] += picture.boxes().size();
    }
    List<Origin> origins = new ArrayList<>();
    counts.forEach((maker, n) -> origins.add(new Origin(maker, n[0], n[1])));
    return origins;
  }

  /** Evenly spread pictures with boxes, people's first. */
  private static List<Picture> sample(List<Picture> labelled) {
    List<Picture> shown = new ArrayList<>();
    for (boolean byModel : new boolean[] {false, true}) {
      List<Picture> all =
          labelled.stream()
              .filter(p -> p.maker().equals(MODEL) == byModel && !p.boxes().isEmpty())
              .toList();
      int n = Math.min(PICTURES, all.size());
      for (int i = 0; i < n; i++) {
        shown.add(all.get((int) ((long) i * all.size() / n)));
      }
    }
    return shown;
  }

  private static List<Quarantined> quarantine(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(QUARANTINED)
        .bind("campaign", campaign.value())
        .bind("most", QUARANTINE)
        .map((row, context) -> new Quarantined(row.getString("file"), row.getString("reason")))
        .list();
  }
}
