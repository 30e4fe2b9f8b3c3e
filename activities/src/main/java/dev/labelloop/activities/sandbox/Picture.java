package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.core.ImageId;

/**
 * A file that was read, hashed and decoded whole.
 *
 * @param width of the upright picture, pixels
 * @param height of the upright picture, pixels
 * @param hash of the upright picture
 */
public record Picture(ImageId id, int width, int height, PerceptualHash hash) {}
