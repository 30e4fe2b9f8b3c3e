package dev.labelloop.worker.demo;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.CampaignName;
import java.nio.file.Path;

/** The demonstration's campaign: three rounds over drawn scenes, from random weights. */
public final class DemoCampaign {
  private static final long SEED = 7;

  /** Enough that a share of it teaches and the rest can be pseudo-labelled. */
  private static final int POOL = 240;

  private static final int HOLDOUT = 60;

  /** The scenes' own size; a step costs a seventh of one at 416. */
  private static final int INPUT = 160;

  private static final int EPOCHS = 20;

  /** Random weights need more of a push than trained ones. */
  private static final double RATE = 1e-2;

  private static final double BUDGET = 0.25;

  private DemoCampaign() {}

  /** Draws the pictures into this folder if they are missing, and gives the campaign over them. */
  public static CampaignSpec prepare(Path folder) {
    DemoDataset data = DemoDataset.draw(folder, POOL, HOLDOUT, SEED);
    return new CampaignSpec(
        new CampaignName("demo"),
        DemoDataset.classes(),
        data.images().toString(),
        new CampaignSpec.Holdout(data.gold().toString(), null),
        new CampaignSpec.Model(
            CampaignSpec.Model.DEFAULT_FAMILY, CampaignSpec.Model.DEFAULT_SIZE, null, INPUT),
        new CampaignSpec.Rounds(3, null),
        new CampaignSpec.Selection(
            CampaignSpec.Selection.DEFAULT_STRATEGY,
            BUDGET,
            CampaignSpec.Selection.DEFAULT_AUDIT,
            CampaignSpec.Selection.DEFAULT_RECHECK),
        new CampaignSpec.Review(
            "simulated",
            CampaignSpec.Review.DEFAULT_DEADLINE,
            CampaignSpec.Review.DEFAULT_ON_DEADLINE,
            1,
            CampaignSpec.Review.DEFAULT_BATCH_SIZE,
            data.truth().toString(),
            null,
            null,
            CampaignSpec.Simulated.DEFAULT,
            CampaignSpec.Reminders.DEFAULT,
            CampaignSpec.Asking.IMAGES,
            CampaignSpec.Quality.NONE),
        new CampaignSpec.PseudoLabels(
            PseudoLabelMode.FIXED,
            CampaignSpec.PseudoLabels.DEFAULT_THRESHOLD,
            CampaignSpec.PseudoLabels.DEFAULT_VERIFY,
            CampaignSpec.PseudoLabels.DEFAULT_PRECISION),
        new CampaignSpec.Training(EPOCHS, CampaignSpec.Training.DEFAULT_BATCH, SEED, RATE),
        CampaignSpec.Promotion.by(CampaignSpec.Promotion.DEFAULT_MARGIN),
        new CampaignSpec.Prediction(null),
        new CampaignSpec.Cost(null));
  }
}
