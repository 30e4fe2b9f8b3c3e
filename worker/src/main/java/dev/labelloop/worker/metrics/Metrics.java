package dev.labelloop.worker.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metrics of this process, in Prometheus' text format. Each is documented in
 * docs/operations.md.
 *
 * <p>Three kinds come together: what this process does (from {@link StageMeters}, the JVM and
 * Temporal's SDK), and what PostgreSQL and Temporal answer when somebody scrapes ({@link Figures}),
 * which is the same from every process.
 */
public final class Metrics implements AutoCloseable {
  /** Of {@link #scrape}'s text. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** How late the SDK's own figures are at most; scrapes come every 15 to 60 seconds. */
  private static final Duration SDK_PERIOD = Duration.ofSeconds(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Scope sdk;
  private final List<Figures<?>> figures = new CopyOnWriteArrayList<>();

  public Metrics() {
    this(SDK_PERIOD);
  }

  /** For tests, which have no five seconds. */
  Metrics(Duration sdkPeriod) {
    registry.config().meterFilter(new SdkBuckets());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    sdk =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(sdkPeriod);
  }

  /** Where Temporal's SDK is to put its own metrics. */
  public Scope sdk() {
    return sdk;
  }

  /** Where meters are registered. */
  MeterRegistry registry() {
    return registry;
  }

  /** Figures to be fetched at every scrape from now on. */
  void add(Figures<?> more) {
    figures.add(more);
  }

  /** Everything as of now; takes a few seconds where a server does not answer. */
  public synchronized String scrape() {
    figures.forEach(Figures::refresh);
    return registry.scrape(MEDIA_TYPE);
  }

  @Override
  public void close() {
    figures.forEach(Figures::close);
    collections.close();
    try {
      sdk.close();
    } catch (ScopeCloseException e) {
      throw new IllegalStateException("the SDK's metrics cannot be closed", e);
    } finally {
      registry.close();
    }
  }
}
