package dev.labelloop.activities.detector;

import java.util.Set;

/**
 * A campaign's first model.
 *
 * @param files where it lies
 * @param knownClasses campaign classes whose head rows came from the weights; empty means that the
 *     model cannot predict anything useful yet
 */
public record InitialModel(ModelFiles files, Set<String> knownClasses) {}
