package dev.labelloop.campaign;

import dev.labelloop.dataset.Amendment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow itself must know of a specification; everything else stays in PostgreSQL.
 *
 * @param maxRounds rounds at most, at least 1
 * @param targetMap stop once the champion's mAP is at least this, a fraction; null: never
 * @param reviewDeadline how long people have for a round
 * @param onDeadline what happens then
 * @param remindEvery how often people are told that batches wait; absent in settings from before
 *     they were
 */
public record LoopSettings(
    int maxRounds,
    @Nullable Double targetMap,
    Duration reviewDeadline,
    DeadlinePolicy onDeadline,
    Duration remindEvery) {
  public LoopSettings {
    remindEvery = Objects.requireNonNullElse(remindEvery, CampaignSpec.Reminders.DEFAULT.every());
  }

  /** With what an amendment changes; its budget is not the workflow's business. */
  LoopSettings amended(Amendment by) {
    return new LoopSettings(
        by.rounds() != null ? by.rounds() : maxRounds,
        by.target() != null ? by.target() : targetMap,
        by.deadline() != null ? by.deadline() : reviewDeadline,
        onDeadline,
        remindEvery);
  }
}
