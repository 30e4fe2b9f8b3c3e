package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.Campaigns;
import dev.labelloop.worker.config.NumberText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Change what is left of a running campaign. */
@Command(
    name = "amend",
    description = {
      "Change what is left of a running campaign; at least one option.",
      "The specification stays as it is: run it unchanged to go on."
    })
final class CampaignAmendCommand extends CampaignOrder {
  @Option(
      names = "--budget",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Images a round as a share of the initial pool, from the next selection.")
  private @Nullable Double budget;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = IsoDuration.class,
      description =
          "How long people have for a round, such as P1D. Moves that of a review under way, which"
              + " may be over by it.")
  private @Nullable Duration deadline;

  @Option(
      names = "--target",
      paramLabel = "MAP",
      converter = Share.class,
      description = "mAP that ends the campaign, from the end of this round.")
  private @Nullable Double target;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds at most, from the one under way.")
  private @Nullable Integer rounds;

  @Override
  CampaignStatus give(Campaigns campaigns, CampaignName campaign) {
    return campaigns.amend(campaign, amendment());
  }

  @Override
  void check() {
    amendment();
  }

  private Amendment amendment() {
    Amendment amendment = new Amendment(budget, deadline, target, rounds);
    try {
      amendment.check();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
    return amendment;
  }

  private static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      Double number = NumberText.parse(text);
      if (number == null) {
        throw new TypeConversionException("'" + text + "' must be a number such as 0.05 or 5%");
      }
      return number;
    }
  }

  private static final class IsoDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' must be a duration such as P1D (days) or PT8H (hours)");
      }
    }
  }
}
