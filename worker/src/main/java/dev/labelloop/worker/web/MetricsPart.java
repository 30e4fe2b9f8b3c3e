package dev.labelloop.worker.web;

import dev.labelloop.worker.metrics.Metrics;
import io.javalin.config.RoutesConfig;

/** Metrics for Prometheus. */
public final class MetricsPart implements Part {
  /** Where they are. */
  public static final String PATH = "/metrics";

  private final Metrics metrics;

  public MetricsPart(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(PATH, c -> c.contentType(Metrics.MEDIA_TYPE).result(metrics.scrape()));
  }
}
