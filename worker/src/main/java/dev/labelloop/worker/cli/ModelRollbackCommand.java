package dev.labelloop.worker.cli;

import dev.labelloop.core.CampaignName;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.worker.Wiring;
import java.util.Locale;
import java.util.concurrent.Callable;
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
      Champion champion = wiring.rollback().of(campaign);
      output.answer(champion, text(champion));
    }
    return 0;
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
