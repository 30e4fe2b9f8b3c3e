package dev.labelloop.worker.cli;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Wiring;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes back the champion before the present one. */
@Command(
    name = "rollback",
    description = {
      "Make the champion before the present one champion again.",
      "A running campaign predicts with it from the next round on, and compares its next challenger"
          + " with it. Nothing is deleted; asked once more, it goes back one more."
    })
final class ModelRollbackCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  @Override
  public Integer call() {
    try (Wiring wiring = new Wiring(servers.endpoints(), servers.home())) {
      Champion champion =
          wiring.temporal().campaigns().isOpen(campaign)
              ? wiring.temporal().campaigns().rollBack(campaign).champion()
              : ofEnded(wiring);
      if (champion == null) {
        throw new BadInputException(
            "campaign '"
                + campaign
                + "' has no champion before the present one: see 'campaign report'");
      }
      output.answer(champion, text(champion));
    }
    return 0;
  }

  private @Nullable Champion ofEnded(Wiring wiring) {
    RoundId round =
        wiring
            .report(campaign)
            .filter(report -> !report.rounds().isEmpty())
            .map(report -> report.rounds().get(report.rounds().size() - 1).round())
            .map(number -> new RoundId(campaign, number))
            .orElseThrow(
                () -> new BadInputException("campaign '" + campaign + "' has no champion yet"));
    return wiring
        .champions()
        .rollBack(new RollBackRequest(round, UUID.randomUUID().toString()))
        .orElse(null);
  }

  private static String text(Champion champion) {
    return String.format(
        Locale.ROOT,
        "champion  %s%nmAP       %.3f%nAP50      %.3f%n",
        champion.model(),
        champion.score().map(),
        champion.score().ap50());
  }
}
