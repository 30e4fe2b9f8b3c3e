package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.embedded.TemporalSetup;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts a campaign on servers and workers that are up. */
@Command(
    name = "start",
    description = "Start a campaign on running servers, whose workers do the work; see also run.")
final class CampaignStartCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;
  @Mixin private SpecificationOptions specification;

  /** The answer in JSON. */
  record Answer(String campaign, boolean runs, @Nullable String temporalUi) {}

  @Override
  public Integer call() {
    CampaignSpec campaign = specification.read();
    Endpoints endpoints = servers.endpoints();
    TemporalSetup.register(endpoints.temporal(), endpoints.namespace()); // workers may come later
    boolean runs;
    try (Wiring wiring = new Wiring(endpoints, servers.home())) {
      wiring.register(campaign);
      runs =
          wiring
              .temporal()
              .campaigns()
              .start(campaign, wiring.campaignRepository().amended(campaign.name()));
    }
    String page = endpoints.campaignPage(campaign.name().workflowId());
    output.answer(
        new Answer(campaign.name().value(), runs, page),
        campaign.name()
            + (runs ? " runs" : " has ended before")
            + (page == null ? "" : "; see it at " + page));
    return 0;
  }
}
