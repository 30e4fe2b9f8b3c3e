package dev.labelloop.activities;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.Holdout;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.CampaignName;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A specification for tests, which change only what they are about. */
public final class Specs {
  private final String name;
  private List<String> classes = List.of("car", "bus");
  private String images = "/images";
  private Holdout holdout = new Holdout(null, 0.2);
  private @Nullable String weights;
  private String strategy = CampaignSpec.Selection.DEFAULT_STRATEGY;
  private double budget = CampaignSpec.Selection.DEFAULT_BUDGET;
  private double audit = CampaignSpec.Selection.DEFAULT_AUDIT;
  private double recheck = CampaignSpec.Selection.DEFAULT_RECHECK;
  private String tool = "page";
  private int batchSize = CampaignSpec.Review.DEFAULT_BATCH_SIZE;
  private int overlap = 1;
  private CampaignSpec.Quality quality = CampaignSpec.Quality.NONE;
  private CampaignSpec.Asking ask = CampaignSpec.Asking.IMAGES;
  private CampaignSpec.PseudoLabels pseudoLabels =
      new CampaignSpec.PseudoLabels(PseudoLabelMode.FIXED, 0.9, 0.1, 0.95);
  private CampaignSpec.Training training = new CampaignSpec.Training(1, 2, 7, 1e-3);
  private int input = 64;
  private @Nullable Integer shardSize;

  private Specs(String name) {
    this.name = name;
  }

  public static Specs of(String name) {
    return new Specs(name);
  }

  public Specs classes(String... names) {
    classes = List.of(names);
    return this;
  }

  public Specs images(Path folder) {
    images = folder.toString();
    return this;
  }

  public Specs holdout(Path file) {
    holdout = new Holdout(file.toString(), null);
    return this;
  }

  public Specs holdout(double fraction) {
    holdout = new Holdout(null, fraction);
    return this;
  }

  public Specs weights(Path file) {
    weights = file.toString();
    return this;
  }

  public Specs strategy(String named) {
    strategy = named;
    return this;
  }

  public Specs budget(double share, double auditShare) {
    budget = share;
    audit = auditShare;
    return this;
  }

  public Specs recheck(double share) {
    recheck = share;
    return this;
  }

  public Specs tool(String named, int imagesABatch) {
    tool = named;
    batchSize = imagesABatch;
    return this;
  }

  public Specs overlap(int peopleAnImage) {
    overlap = peopleAnImage;
    return this;
  }

  public Specs quality(CampaignSpec.Quality checks) {
    quality = checks;
    return this;
  }

  public Specs ask(CampaignSpec.Asking what) {
    ask = what;
    return this;
  }

  public Specs pseudoLabels(PseudoLabelMode mode, double threshold, double precision) {
    pseudoLabels = new CampaignSpec.PseudoLabels(mode, threshold, 0.5, precision);
    return this;
  }

  public Specs training(int epochs, int batch, double rate) {
    training = new CampaignSpec.Training(epochs, batch, 7, rate);
    return this;
  }

  public Specs shardSize(int size) {
    shardSize = size;
    return this;
  }

  public CampaignSpec build() {
    return new CampaignSpec(
        new CampaignName(name),
        classes,
        images,
        holdout,
        new CampaignSpec.Model("yolox", "nano", weights, input),
        new CampaignSpec.Rounds(3, null),
        new CampaignSpec.Selection(strategy, budget, audit, recheck),
        new CampaignSpec.Review(
            tool,
            CampaignSpec.Review.DEFAULT_DEADLINE,
            CampaignSpec.Review.DEFAULT_ON_DEADLINE,
            overlap,
            batchSize,
            null,
            null,
            null,
            CampaignSpec.Simulated.DEFAULT,
            CampaignSpec.Reminders.DEFAULT,
            ask,
            quality),
        pseudoLabels,
        training,
        CampaignSpec.Promotion.by(0),
        new CampaignSpec.Prediction(shardSize),
        new CampaignSpec.Cost(null));
  }
}
