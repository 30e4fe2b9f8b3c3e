package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Compares what a page looks like with a picture that a person has looked at.
 *
 * <p>Fonts and their edges differ between machines, so blocks of pixels are compared by their mean
 * colour, and a few may differ. What was seen lies in {@code target/page}; {@code
 * -Dpage.accept=true} makes it the reference.
 */
final class Likeness {
  private static final Path REFERENCES = Path.of("src", "test", "resources", "page");
  private static final Path SEEN = Path.of("target", "page");

  /** Pixels; about a letter. */
  private static final int BLOCK = 8;

  /** Of 255, in the mean of a colour over a block. */
  private static final int LEVELS = 20;

  /** Of all blocks. */
  private static final double DIFFERENT = 0.01;

  private Likeness() {}

  /** Fails if this screenshot does not look like the reference of this name. */
  static void assertLike(String name, byte[] screenshot) throws IOException {
    Files.createDirectories(SEEN);
    Files.write(SEEN.resolve(name + ".png"), screenshot);
    Path reference = REFERENCES.resolve(name + ".png");
    if (Boolean.getBoolean("page.accept")) {
      Files.createDirectories(REFERENCES);
      Files.write(reference, screenshot);
    }
    assertThat(reference)
        .as("no reference: look at target/page/%s.png, then run with -Dpage.accept=true", name)
        .exists();
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(screenshot));
    BufferedImage expected = ImageIO.read(reference.toFile());
    assertThat(seen.getWidth() + " x " + seen.getHeight())
        .as("size of %s", name)
        .isEqualTo(expected.getWidth() + " x " + expected.getHeight());
    assertThat(difference(seen, expected))
        .as("share of blocks of target/page/%s.png that differ from %s", name, reference)
        .isLessThanOrEqualTo(DIFFERENT);
  }

  /** Share of blocks whose mean colours differ; both pictures are of one size. */
  static double difference(BufferedImage a, BufferedImage b) {
    int blocks = 0;
    int different = 0;
    for (int y = 0; y < a.getHeight(); y += BLOCK) {
      for (int x = 0; x < a.getWidth(); x += BLOCK) {
        blocks++;
        if (differs(a, b, x, y)) {
          different++;
        }
      }
    }
    return (double) different / blocks;
  }

  private static boolean differs(BufferedImage a, BufferedImage b, int x, int y) {
    int width = Math.min(BLOCK, a.getWidth() - x);
    int height = Math.min(BLOCK, a.getHeight() - y);
    for (int shift = 0; shift <= 16; shift += 8) {
      double gap = mean(a, x, y, width, height, shift) - mean(b, x, y, width, height, shift);
      if (Math.abs(gap) > LEVELS) {
        return true;
      }
    }
    return false;
  }

  private static double mean(BufferedImage image, int x, int y, int width, int height, int shift) {
    long sum = 0;
    for (int j = y; j < y + height; j++) {
      for (int i = x; i < x + width; i++) {
        sum += image.getRGB(i, j) >> shift & 0xff;
      }
    }
    return (double) sum / (width * height);
  }
}
