package dev.labelloop.activities.image;

/**
 * A decoded, upright picture.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb {@code width * height * 3} bytes, row by row, red first
 */
public record RgbImage(int width, int height, byte[] rgb) {}
