package dev.labelloop.campaign;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign carries from one run of its workflow to the next; far below 2 KB.
 *
 * @param campaign its name
 * @param settings of the loop, as specified
 * @param round to run next, from 1; 0 before the campaign is prepared
 * @param dataset counts; null before the campaign is prepared
 * @param initialModel every round trains from it; null before the campaign is prepared
 * @param champion the model in use; null before the campaign is prepared
 * @param paused whether a person holds the campaign
 * @param amended what people changed of it; absent in a state from before they could
 */
public record CampaignState(
    CampaignName campaign,
    LoopSettings settings,
    int round,
    @Nullable DatasetSummary dataset,
    @Nullable ModelId initialModel,
    @Nullable Champion champion,
    boolean paused,
    Amendment amended) {
  public CampaignState {
    amended = Objects.requireNonNullElse(amended, Amendment.NONE);
  }

  /**
   * The state a campaign starts with.
   *
   * @param amended what is stored already, of a campaign that failed before
   */
  public static CampaignState first(
      CampaignName campaign, LoopSettings settings, Amendment amended) {
    return new CampaignState(campaign, settings, 0, null, null, null, false, amended);
  }
}
