package dev.labelloop.worker.page;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A campaign to be put before people: its pictures, and how it is asked about. */
final class Publication {
  final String name;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<Picture> known = new ArrayList<>();
  private List<String> classes = List.of("car", "bus", "tram");
  private CampaignSpec.Asking asking = CampaignSpec.Asking.IMAGES;
  private CampaignSpec.Quality quality = CampaignSpec.Quality.NONE;
  private int overlap = 1;
  private int batchSize = 50;
  private CampaignSpec.PseudoLabels pseudoLabels =
      new CampaignSpec.PseudoLabels(CampaignSpec.PseudoLabelMode.OFF, 0.9, 0.1, 0.95);

  private Publication(String name) {
    this.name = name;
  }

  static Publication of(String name) {
    return new Publication(name);
  }

  Publication classes(String... names) {
    classes = List.of(names);
    return this;
  }

  Publication picture(Picture picture) {
    pictures.add(picture);
    return this;
  }

  Publication pictures(List<Picture> more) {
    pictures.addAll(more);
    return this;
  }

  /** Of the holdout: a file says what is on them. */
  Publication known(List<Picture> more) {
    known.addAll(more);
    return this;
  }

  Publication asking(CampaignSpec.Asking what) {
    asking = what;
    return this;
  }

  Publication quality(CampaignSpec.Quality checks) {
    quality = checks;
    return this;
  }

  Publication overlap(int people) {
    overlap = people;
    return this;
  }

  /** Boxes of this confidence or more are shown as accepted. */
  Publication sureFrom(double confidence) {
    pseudoLabels =
        new CampaignSpec.PseudoLabels(CampaignSpec.PseudoLabelMode.FIXED, confidence, 0.1, 0.95);
    return this;
  }

  Publication batches(int size) {
    batchSize = size;
    return this;
  }

  List<Picture> pictures() {
    return List.copyOf(pictures);
  }

  List<Picture> known() {
    return List.copyOf(known);
  }

  int batchSize() {
    return batchSize;
  }

  CampaignSpec spec(Path images) {
    return new CampaignSpec(
        new CampaignName(name),
        classes,
        images.toString(),
        new CampaignSpec.Holdout(null, 0.2),
        new CampaignSpec.Model("yolox", "nano", null, 416),
        new CampaignSpec.Rounds(1, null),
        new CampaignSpec.Selection("random", 0.1, 0.15, 0.05),
        new CampaignSpec.Review(
            "page",
            CampaignSpec.Review.DEFAULT_DEADLINE,
            CampaignSpec.Review.DEFAULT_ON_DEADLINE,
            overlap,
            batchSize,
            null,
            null,
            null,
            CampaignSpec.Simulated.DEFAULT,
            CampaignSpec.Reminders.DEFAULT,
            asking,
            quality),
        pseudoLabels,
        new CampaignSpec.Training(1, 1, 7, 1e-3),
        CampaignSpec.Promotion.by(0),
        new CampaignSpec.Prediction(null),
        new CampaignSpec.Cost(30.0));
  }
}
