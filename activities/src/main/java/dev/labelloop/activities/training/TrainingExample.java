package dev.labelloop.activities.training;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.List;

/**
 * One image of a training set.
 *
 * @param image its id
 * @param boxes what is there; empty for a picture of background
 * @param ignore regions that are neither object nor background: no loss is taken there
 * @param weight of the image's losses, usually 1
 */
public record TrainingExample(
    ImageId image, List<LabelledBox> boxes, List<Box> ignore, double weight) {}
