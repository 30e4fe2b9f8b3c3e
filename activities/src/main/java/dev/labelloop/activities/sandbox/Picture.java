package dev.labelloop.activities.sandbox;

import dev.labelloop.core.ImageId;

/**
 * A file that was read, hashed and decoded whole.
 *
 * @param width of the upright picture, pixels
 * @param height of the upright picture, pixels
 */
public record Picture(ImageId id, int width, int height) {}
