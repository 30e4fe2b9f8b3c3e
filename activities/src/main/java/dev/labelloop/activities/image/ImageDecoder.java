package dev.labelloop.activities.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Turns image files into upright pictures of three channels; safe for use by many threads.
 *
 * <p>JPEG, PNG and BMP are read, by their content and not by their name. Colour profiles are
 * ignored and 16-bit samples lose their lower byte, as OpenCV and Pillow do, so that weights
 * trained elsewhere see what they saw there. Transparent pixels lie over white: that is the page
 * people review them on, while the colour hidden beneath them is arbitrary, mostly black.
 */
public final class ImageDecoder {
  private final ImageLimits limits;

  /** A decoder with the default limits. */
  public ImageDecoder() {
    this(ImageLimits.DEFAULT);
  }

  /** A decoder with limits of its own. */
  public ImageDecoder(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Decodes a file.
   *
   * @throws ImageRejectedException if it is no image, damaged or beyond the limits
   * @throws UncheckedIOException if the file cannot be read
   */
  public RgbImage decode(Path file) {
    return decode(bytes(file), file.toString());
  }

  /**
   * Decodes a file's bytes.
   *
   * @param name of the file, for messages
   * @throws ImageRejectedException if they are no image, damaged or beyond the limits
   */
  public RgbImage decode(byte[] bytes, String name) {
    ImageFormat format = ImageFormat.of(bytes, name);
    EncodedImage stored = format.open(bytes, name);
    ImageHeader header = checked(stored, name);
    byte[] rgb = stored.decode();
    return new RgbImage(
        header.width(),
        header.height(),
        header.orientation().upright(rgb, stored.width(), stored.height()));
  }

  /**
   * Reads a file's header: size and orientation, without decoding.
   *
   * @throws ImageRejectedException if it is no image or beyond the limits
   * @throws UncheckedIOException if the file cannot be read
   */
  public ImageHeader probe(Path file) {
    return probe(bytes(file), file.toString());
  }

  /** As {@link #probe(Path)}, of a file's bytes. */
  public ImageHeader probe(byte[] bytes, String name) {
    return checked(ImageFormat.of(bytes, name).open(bytes, name), name);
  }

  /**
   * Reads a file that is no longer than the limit.
   *
   * @throws ImageRejectedException if it is longer
   * @throws UncheckedIOException if the file cannot be read
   */
  public byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > limits.maxBytes()) {
        throw new ImageRejectedException(
            file
                + " has "
                + size
                + " bytes, more than "
                + limits.maxBytes()
                + ": make it smaller or tile it");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read image " + file + ": " + e.getMessage(), e);
    }
  }

  private ImageHeader checked(EncodedImage stored, String name) {
    if (stored.width() < 1 || stored.height() < 1) {
      throw new ImageRejectedException(
          name + " claims " + size(stored) + " pixels: it is damaged, copy it again");
    }
    if ((long) stored.width() * stored.height() > limits.maxPixels()) {
      throw new ImageRejectedException(
          name
              + " claims "
              + size(stored)
              + " pixels, more than "
              + limits.maxPixels()
              + " in all: make it smaller or tile it");
    }
    return ImageHeader.ofStored(stored.width(), stored.height(), stored.orientation());
  }

  private static String size(EncodedImage stored) {
    return stored.width() + " x " + stored.height();
  }
}
