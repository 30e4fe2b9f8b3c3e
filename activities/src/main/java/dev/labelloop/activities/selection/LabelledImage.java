package dev.labelloop.activities.selection;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.List;

/**
 * An image that people have labelled: what the pool need not repeat.
 *
 * @param image which
 * @param boxes its annotations
 * @param embedding float16 bits as in {@link PoolView#embedding}; empty if there is none
 */
public record LabelledImage(ImageId image, List<LabelledBox> boxes, short[] embedding) {}
