package dev.labelloop.worker.demo;

import dev.labelloop.label.LabelledBox;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A drawn picture and what is in it.
 *
 * @param image 8-bit RGB
 * @param boxes every thing that can be seen, exactly; edges are clipped to the picture
 */
record Scene(BufferedImage image, List<LabelledBox> boxes) {}
