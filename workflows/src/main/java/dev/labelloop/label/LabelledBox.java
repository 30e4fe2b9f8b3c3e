package dev.labelloop.label;

import dev.labelloop.core.Box;

/**
 * A box and its class, as a label.
 *
 * @param box where, in pixels of the upright image
 * @param classIndex place in the campaign's class list, from 0
 */
public record LabelledBox(Box box, int classIndex) {}
