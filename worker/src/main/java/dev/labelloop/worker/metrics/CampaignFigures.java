package dev.labelloop.worker.metrics;

import dev.labelloop.activities.evaluation.CampaignGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** What PostgreSQL knows of all campaigns. */
public final class CampaignFigures {
  private final MultiGauge backlog;
  private final MultiGauge quarantined;
  private final MultiGauge map;
  private final MultiGauge ap50;

  private CampaignFigures(MeterRegistry registry) {
    backlog =
        MultiGauge.builder("labelloop.review.backlog.images")
            .description("Images of open review batches that wait for an answer")
            .register(registry);
    quarantined =
        MultiGauge.builder("labelloop.quarantined.files")
            .description("Files that could not be read and are left out")
            .register(registry);
    map =
        MultiGauge.builder("labelloop.champion.map")
            .description("The champion's mAP on the holdout, IoU .50 to .95, a fraction")
            .register(registry);
    ap50 =
        MultiGauge.builder("labelloop.champion.ap50")
            .description("The champion's average precision at IoU .50, a fraction")
            .register(registry);
  }

  /** Adds them to every scrape. */
  public static void addTo(Metrics metrics, Callable<List<CampaignGauges>> question) {
    CampaignFigures gauges = new CampaignFigures(metrics.registry());
    metrics.add(new Figures<>(metrics, "postgresql", question, gauges::show, List.of()));
  }

  private void show(List<CampaignGauges> all) {
    put(backlog, all, CampaignGauges::reviewBacklog);
    put(quarantined, all, CampaignGauges::quarantined);
    List<CampaignGauges> measured = all.stream().filter(c -> c.champion() != null).toList();
    put(map, measured, CampaignFigures::map);
    put(ap50, measured, CampaignFigures::ap50);
  }

  private static double map(CampaignGauges campaign) {
    var score = campaign.champion();
    return score == null ? Double.NaN : score.map();
  }

  private static double ap50(CampaignGauges campaign) {
    var score = campaign.champion();
    return score == null ? Double.NaN : score.ap50();
  }

  private static void put(
      MultiGauge gauge, List<CampaignGauges> campaigns, ToDoubleFunction<CampaignGauges> value) {
    gauge.register(
        campaigns.stream()
            .<Row<?>>map(
                c -> Row.of(Tags.of("campaign", c.campaign().value()), value.applyAsDouble(c)))
            .toList(),
        true);
  }
}
