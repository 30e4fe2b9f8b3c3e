package dev.labelloop.worker.metrics;

import dev.labelloop.core.RoundId;
import dev.labelloop.model.TrainingProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How far one training is. */
final class TrainingGauges {
  private final MeterRegistry registry;
  private final RoundId round;
  private final List<Gauge> gauges;
  private volatile TrainingProgress progress;

  TrainingGauges(MeterRegistry registry, RoundId round, TrainingProgress progress) {
    this.registry = registry;
    this.round = round;
    this.progress = progress;
    gauges =
        List.of(
            gauge("labelloop.training.step", null, "Finished steps", TrainingProgress::step),
            gauge(
                "labelloop.training.planned.steps",
                null,
                "Steps of the whole training",
                TrainingProgress::steps),
            gauge("labelloop.training.loss", null, "Loss of the last step", TrainingProgress::loss),
            gauge(
                "labelloop.training.step.seconds", // an id of its own: the unit is no part of it
                "seconds",
                "Mean time of a step in this attempt",
                TrainingProgress::secondsPerStep));
  }

  private Gauge gauge(
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<TrainingProgress> value) {
    return Gauge.builder(name, this, training -> value.applyAsDouble(training.progress))
        .strongReference(true) // shown as long as the registry, not the worker, lives
        .baseUnit(unit)
        .description(description)
        .tag("campaign", round.campaign().value())
        .tag("round", String.valueOf(round.number()))
        .register(registry);
  }

  void show(TrainingProgress news) {
    progress = news;
  }

  void remove() {
    gauges.forEach(registry::remove);
  }
}
