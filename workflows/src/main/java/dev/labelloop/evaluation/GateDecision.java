package dev.labelloop.evaluation;

/**
 * Whether a challenger becomes champion.
 *
 * @param promoted whether it does
 * @param reason in words, with the figures that decided
 * @param champion from now on: of a round that is gone through again, the one at its end
 */
public record GateDecision(boolean promoted, String reason, Champion champion) {}
