package dev.labelloop.activities.dataset;

import dev.labelloop.core.ImageId;

/**
 * An image of the pool that looks like one of the holdout.
 *
 * @param image of the pool
 * @param holdout the image of the holdout whose hash is nearest
 * @param hashDistance as {@link dev.labelloop.activities.image.PerceptualHash#distance} says
 */
public record NearDuplicate(ImageId image, ImageId holdout, int hashDistance) {}
