package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.evaluation.HoldoutReport.Audit;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.HoldoutReport.Suspicious;
import dev.labelloop.activities.label.quality.AuditedImage;
import dev.labelloop.activities.label.quality.HoldoutAudit;
import dev.labelloop.activities.label.quality.Suspicion;
import dev.labelloop.activities.label.quality.SuspicionRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.label.LabelledBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads whether the holdout can be trusted. */
final class HoldoutReportRepository {
  private static final String COUNTS =
      """
      select count(*) as alike, count(*) filter (where kept_out) as kept_out,
        coalesce((select kept_out from training_set where campaign = :campaign
          order by round desc limit 1), 0) as left_out
      from near_duplicate where campaign = :campaign
      """;

  private static final String PAIRS =
      """
      select i.path, h.path as holdout_path, hash_distance, embedding_distance, kept_out
      from near_duplicate n
      join image i on i.campaign = n.campaign and i.image_id = n.image_id
      join image h on h.campaign = n.campaign and h.image_id = n.holdout_id
      where n.campaign = :campaign
      order by not kept_out, hash_distance, embedding_distance, i.path limit :most
      """;

  /** The champion in use, unless it knows none of the classes. */
  private static final String CHAMPION =
      """
      select model from (select model, predicts from champion_change
        where campaign = :campaign order by number desc limit 1) newest
      where predicts
      """;

  /**
   * A picture without truth, or that went bad, says nothing; and an initial model that knows none
   * of the classes has no opinion that could be heard.
   */
  private static final String AUDITED =
      """
      select p.image_id, i.path, a.boxes as labels, p.boxes as found, f.boxes as first
      from holdout_prediction p
      join current_annotation a using (campaign, image_id)
      join image i using (campaign, image_id)
      left join holdout_prediction f on f.campaign = p.campaign and f.image_id = p.image_id
        and f.model = (select model from champion_change where campaign = :campaign
          and predicts order by number limit 1)
      where p.campaign = :campaign and p.model = :model and i.holdout
      order by p.image_id
      """;

  private HoldoutReportRepository() {}

  static HoldoutReport of(Handle handle, CampaignSpec spec) {
    String campaign = spec.name().value();
    List<Pair> pairs =
        handle
            .createQuery(PAIRS)
            .bind("campaign", campaign)
            .bind("most", HoldoutReport.MOST_PAIRS)
            .map(
                (row, context) ->
                    new Pair(
                        row.getString("path"),
                        row.getString("holdout_path"),
                        row.getInt("hash_distance"),
                        row.getObject("embedding_distance", Double.class),
                        row.getBoolean("kept_out")))
            .list();
    return handle
        .createQuery(COUNTS)
        .bind("campaign", campaign)
        .map(
            (row, context) ->
                new HoldoutReport(
                    Path.of(spec.images()),
                    row.getInt("alike"),
                    row.getInt("kept_out"),
                    row.getInt("left_out"),
                    pairs,
                    audit(handle, spec)))
        .one();
  }

  private static @Nullable Audit audit(Handle handle, CampaignSpec spec) {
    Optional<String> champion =
        handle
            .createQuery(CHAMPION)
            .bind("campaign", spec.name().value())
            .mapTo(String.class)
            .findOne();
    return champion.map(model -> audit(handle, spec, new ModelId(model))).orElse(null);
  }

  private static Audit audit(Handle handle, CampaignSpec spec, ModelId model) {
    Map<ImageId, String> paths = new TreeMap<>();
    List<AuditedImage> images = new ArrayList<>();
    handle
        .createQuery(AUDITED)
        .bind("campaign", spec.name().value())
        .bind("model", model.value())
        .map(
            (row, context) -> {
              AuditedImage image = SuspicionRepository.audited(row);
              paths.put(image.image(), row.getString("path"));
              return image;
            })
        .forEach(images::add);
    List<Suspicion> all = HoldoutAudit.suspicions(images);
    return new Audit(
        model,
        all.size(),
        all.stream()
            .limit(HoldoutReport.MOST_BOXES)
            .map(s -> suspicious(s, paths.getOrDefault(s.image(), ""), spec.classes()))
            .toList());
  }

  private static Suspicious suspicious(Suspicion suspicion, String file, List<String> classes) {
    LabelledBox label = suspicion.label();
    return new Suspicious(
        file,
        suspicion.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        label == null ? null : named(label, classes),
        named(suspicion.instead(), classes),
        suspicion.confidence(),
        suspicion.score());
  }

  private static Named named(LabelledBox box, List<String> classes) {
    return new Named(classes.get(box.classIndex()), box.box());
  }
}
