package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.errors.WorstPicture;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads why the champion fails on the holdout. */
final class FailureRepository {
  /** Of the champion in use, which a person may have taken back after the last round. */
  private static final String ANALYSIS =
      """
      select model, analysis::text from error_analysis
      where campaign = :campaign
        and model = coalesce(
          (select model from champion_change
            where campaign = :campaign order by number desc limit 1),
          (select champion from round_record
            where campaign = :campaign order by round desc limit 1))
      """;

  /** A picture that went bad after it was measured cannot be shown. */
  private static final String READABLE_HOLDOUT =
      """
      select image_id, path, width, height from image i
      where campaign = :campaign and holdout and image_id in (<images>)
        and not exists (select from quarantine q
          where q.campaign = :campaign and q.file = i.path)
      """;

  private FailureRepository() {}

  /** Those of the champion; null if no round has ended, or it has no analysis. */
  static @Nullable Failures of(Handle handle, CampaignSpec spec) {
    return handle
        .createQuery(ANALYSIS)
        .bind("campaign", spec.name().value())
        .map(
            (row, context) ->
                new Failures(
                    new ModelId(row.getString("model")),
                    ErrorAnalysis.read(row.getString("analysis")),
                    List.of()))
        .findOne()
        .map(f -> new Failures(f.model(), f.analysis(), worst(handle, spec, f.analysis().worst())))
        .orElse(null);
  }

  private static List<Worst> worst(Handle handle, CampaignSpec spec, List<WorstPicture> pictures) {
    if (pictures.isEmpty()) {
      return List.of();
    }
    Map<ImageId, StoredImage> readable =
        handle
            .createQuery(READABLE_HOLDOUT)
            .bind("campaign", spec.name().value())
            .bindList("images", pictures.stream().map(p -> Ids.bytes(p.image())).toList())
            .map(ImageRepository.IMAGE)
            .collect(Collectors.toMap(StoredImage::id, image -> image));
    List<Worst> worst = new ArrayList<>();
    for (WorstPicture picture : pictures) {
      StoredImage image = readable.get(picture.image());
      if (image != null) {
        Path file = Path.of(spec.images()).resolve(image.path());
        worst.add(new Worst(picture, file, image.width(), image.height()));
      }
    }
    return worst;
  }
}
