package dev.labelloop.activities.training;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;

/**
 * What one picture of a batch should teach, in network pixels.
 *
 * @param boxes objects that are in view
 * @param ignore regions without a loss for background
 * @param weight of this picture's losses
 */
record Target(List<LabelledBox> boxes, List<Box> ignore, double weight) {}
