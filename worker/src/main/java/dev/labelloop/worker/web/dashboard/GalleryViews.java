package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.evaluation.dashboard.Gallery;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Tile;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.worker.web.dashboard.Boxes.BoxView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images of a campaign as JSON; see {@link Gallery} and {@link ImageHistory}. */
final class GalleryViews {
  private GalleryViews() {}

  /** A page; {@code next} is where the next one begins, null on the last. */
  record PageView(List<TileView> images, @Nullable String next) {}

  /** An image; {@code source} is person, simulated, file, model or none. */
  record TileView(
      ImageId id,
      String file,
      String name,
      int width,
      int height,
      boolean holdout,
      String source,
      @Nullable String maker,
      @Nullable Integer round,
      @Nullable Double certainty,
      @Nullable Integer touched,
      int suspicions,
      List<BoxView> boxes) {}

  static PageView page(CampaignName campaign, Gallery gallery, List<String> classes) {
    return new PageView(
        gallery.tiles().stream().map(tile -> tile(campaign, tile, classes)).toList(),
        gallery.next() == null ? null : GalleryQuery.text(gallery.next()));
  }

  private static TileView tile(CampaignName campaign, Tile tile, List<String> classes) {
    return new TileView(
        tile.image(),
        file(campaign, tile.image()),
        tile.path(),
        tile.width(),
        tile.height(),
        tile.holdout(),
        tile.source().word(),
        tile.maker(),
        tile.round(),
        tile.certainty(),
        tile.touched(),
        tile.suspicions(),
        tile.boxes().stream()
            .map(b -> Boxes.view(b.box(), b.classIndex(), b.confidence(), classes))
            .toList());
  }

  static String file(CampaignName campaign, ImageId image) {
    return "/api/images/" + campaign + "/" + image;
  }

  /** Everything that was ever said about an image. */
  record HistoryView(
      ImageId id,
      String file,
      String name,
      int width,
      int height,
      boolean holdout,
      @Nullable String quarantine,
      List<PredictedView> predictions,
      List<PseudoView> pseudoLabels,
      List<AnsweredView> answers,
      List<AnnotatedView> annotations,
      List<SuspectedView> suspicions) {}

  record PredictedView(
      @Nullable Integer round,
      @Nullable ModelId model,
      @Nullable Double certainty,
      List<BoxView> boxes) {}

  record PseudoView(int round, ModelId model, List<BoxView> boxes, List<BoxView> ignore) {}

  record AnsweredView(
      int round,
      int version,
      @Nullable String purpose,
      @Nullable String why,
      String outcome,
      String reviewer,
      Instant at,
      double seconds,
      int kept,
      int touched,
      @Nullable String reason,
      List<BoxView> boxes) {}

  record AnnotatedView(
      int version, int round, String maker, @Nullable Instant at, @Nullable List<BoxView> boxes) {}

  record SuspectedView(
      int round,
      @Nullable Integer version,
      String kind,
      double score,
      @Nullable BoxView label,
      BoxView instead) {}

  static HistoryView history(CampaignName campaign, ImageHistory history, List<String> classes) {
    return new HistoryView(
        history.image().id(),
        file(campaign, history.image().id()),
        history.image().path(),
        history.image().width(),
        history.image().height(),
        history.holdout(),
        history.quarantine(),
        history.predictions().stream()
            .map(
                p ->
                    new PredictedView(
                        p.round(), p.model(), p.certainty(), Boxes.detections(p.found(), classes)))
            .toList(),
        history.pseudoLabels().stream()
            .map(
                p ->
                    new PseudoView(
                        p.round(),
                        p.model(),
                        Boxes.labels(p.boxes(), classes),
                        Boxes.labels(p.ignore(), classes)))
            .toList(),
        history.answers().stream().map(a -> answered(a, classes)).toList(),
        history.annotations().stream()
            .map(
                a ->
                    new AnnotatedView(
                        a.version(),
                        a.round(),
                        a.maker(),
                        a.at(),
                        a.boxes() == null ? null : Boxes.labels(a.boxes(), classes)))
            .toList(),
        history.suspicions().stream()
            .map(
                s ->
                    new SuspectedView(
                        s.round(),
                        s.version(),
                        s.kind(),
                        s.score(),
                        s.label() == null ? null : Boxes.view(s.label(), classes),
                        Boxes.view(s.instead(), classes)))
            .toList());
  }

  private static AnsweredView answered(ImageHistory.Answered a, List<String> classes) {
    return new AnsweredView(
        a.round(),
        a.version(),
        a.purpose(),
        a.why(),
        a.outcome(),
        a.reviewer(),
        a.at(),
        a.seconds(),
        a.kept(),
        a.touched(),
        a.reason(),
        Boxes.labels(a.boxes(), classes));
  }
}
