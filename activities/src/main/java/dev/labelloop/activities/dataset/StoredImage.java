package dev.labelloop.activities.dataset;

import dev.labelloop.core.ImageId;

/**
 * A registered image.
 *
 * @param id SHA-256 of its bytes
 * @param path relative to the campaign's image folder, with forward slashes
 * @param width pixels, upright
 * @param height pixels, upright
 */
public record StoredImage(ImageId id, String path, int width, int height) {}
