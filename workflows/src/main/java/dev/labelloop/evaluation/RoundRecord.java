package dev.labelloop.evaluation;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import org.jspecify.annotations.Nullable;

/**
 * How a round ended, as the report shows it.
 *
 * @param round which; number 0 is the initial model before any label
 * @param challenger the newly trained model; null in round 0 or when nothing could be trained
 * @param challengerScore its score; null without a challenger
 * @param champion the model in use after the round
 * @param championScore its score
 * @param promoted whether the challenger became champion
 */
public record RoundRecord(
    RoundId round,
    @Nullable ModelId challenger,
    @Nullable HoldoutScore challengerScore,
    ModelId champion,
    HoldoutScore championScore,
    boolean promoted) {}
