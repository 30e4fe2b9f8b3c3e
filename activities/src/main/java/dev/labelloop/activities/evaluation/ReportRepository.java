package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.dataset.SpecJson;
import dev.labelloop.activities.evaluation.CampaignReport.Amended;
import dev.labelloop.activities.evaluation.CampaignReport.Doubted;
import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Quarantined;
import dev.labelloop.activities.evaluation.CampaignReport.Round;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.GateRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.DatasetSummary;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads everything that a person is told about a campaign, in one snapshot. */
public final class ReportRepository {
  /** Pictures of people's labels and of the model's, each; a screen or two. */
  private static final int PICTURES = 12;

  private static final int QUARANTINE = 100;

  private static final String AMENDMENTS =
      """
      select number, what::text, stored_at from amendment
      where campaign = :campaign order by number
      """;

  private static final String ROUNDS =
      """
      select r.*, l.reason from round_record r
      left join label_result l using (campaign, round)
      where campaign = :campaign order by round
      """;

  /**
   * Where the pool's labels come from. Of the pseudo-labels, those of the newest round stand;
   * earlier ones are history.
   */
  private static final String LABELLED =
      """
      with labelled as (
        select a.image_id, a.maker, a.boxes, a.box_count, false as by_model
        from current_annotation a join image i using (campaign, image_id)
        where campaign = :campaign and not holdout
        union all
        select p.image_id, 'model', p.boxes, p.box_count, true
        from pseudo_label p
        where campaign = :campaign
          and round = (select max(round) from label_result where campaign = :campaign)
          and not exists (select from current_annotation a
            where a.campaign = :campaign and a.image_id = p.image_id))
      """;

  private static final String ORIGINS =
      LABELLED
          + """
          select maker, count(*) as images, sum(box_count) as boxes from labelled
          group by by_model, maker order by by_model, maker
          """;

  /** A suspicion is settled by the first recheck after it. */
  private static final String DOUBTED =
      """
      select replace(lower(kind), '_', ' ') as kind, count(*) as found, count(r.round) as asked,
        count(*) filter (where w.outcome = 'CORRECTED') as corrected
      from suspicion s
      left join lateral (select round from review_image
        where campaign = s.campaign and image_id = s.image_id and round > s.round
          and purpose = 'RECHECK'
        order by round limit 1) r on true
      left join lateral (select outcome from review_answer
        where campaign = s.campaign and image_id = s.image_id and round = r.round
          and settles) w on true
      where s.campaign = :campaign group by kind order by kind
      """;

  /** Ids are hashes: the first of them are a fair sample. */
  private static final String SAMPLE =
      LABELLED
          + """
          select image_id, path, width, height, maker, boxes
          from (select *, row_number() over (partition by by_model order by image_id) as place
            from labelled where box_count > 0) shown
          join image using (image_id)
          where campaign = :campaign and place <= :most
          order by by_model, place
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
    return database.inSnapshot(
        handle ->
            new CampaignReport(
                spec.name().value(),
                spec.classes(),
                dataset,
                spec.review().tool(),
                amendments(handle, spec.name()),
                rounds(handle, spec.name()),
                GateRepository.all(handle, spec.name()),
                ChampionRepository.changes(handle, spec.name()),
                origins(handle, spec.name()),
                doubted(handle, spec.name()),
                sample(handle, spec),
                FailureRepository.of(handle, spec),
                HoldoutReportRepository.of(handle, spec),
                quarantine(handle, spec.name())));
  }

  private static List<Amended> amendments(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(AMENDMENTS)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Amended(
                    row.getInt("number"),
                    row.getTimestamp("stored_at").toInstant(),
                    SpecJson.readAmendment(row.getString("what"))))
        .list();
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

  private static List<Origin> origins(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(ORIGINS)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Origin(row.getString("maker"), row.getInt("images"), row.getInt("boxes")))
        .list();
  }

  private static List<Doubted> doubted(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(DOUBTED)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Doubted(
                    row.getString("kind"),
                    row.getInt("found"),
                    row.getInt("asked"),
                    row.getInt("corrected")))
        .list();
  }

  /** Pictures with boxes, people's first. */
  private static List<Picture> sample(Handle handle, CampaignSpec spec) {
    return handle
        .createQuery(SAMPLE)
        .bind("campaign", spec.name().value())
        .bind("most", PICTURES)
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

  private static List<Quarantined> quarantine(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(QUARANTINED)
        .bind("campaign", campaign.value())
        .bind("most", QUARANTINE)
        .map((row, context) -> new Quarantined(row.getString("file"), row.getString("reason")))
        .list();
  }
}
