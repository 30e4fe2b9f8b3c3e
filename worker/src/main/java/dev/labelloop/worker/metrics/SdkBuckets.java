package dev.labelloop.worker.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Gives the timers of Temporal's SDK a few wide buckets. Its reporter asks for 69 each, which end
 * at 30 seconds: megabytes a scrape that cannot tell a shard of one minute from one of ten.
 */
final class SdkBuckets implements MeterFilter {
  private static final double[] NANOS =
      Stream.of("PT0.01S", "PT0.1S", "PT1S", "PT10S", "PT1M", "PT10M", "PT1H")
          .mapToDouble(time -> Duration.parse(time).toNanos())
          .toArray();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    if (!id.getName().startsWith("temporal_")) {
      return config;
    }
    return DistributionStatisticConfig.builder()
        .percentilesHistogram(false)
        .serviceLevelObjectives(NANOS)
        .build()
        .merge(config);
  }
}
