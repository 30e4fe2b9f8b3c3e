package dev.labelloop.activities.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void aPictureInAnotherSizeFormatAndLightLooksAlike() throws Exception {
    BufferedImage picture = scene(1, 640, 480);
    PerceptualHash hash = hash(picture);

    assertThat(hash.distance(hash(scaled(picture, 320, 240)))).isLessThan(20);
    assertThat(hash.distance(hash(scaled(picture, 900, 500)))).isLessThan(20);
    assertThat(hash.distance(PerceptualHash.of(decoder.decode(Pictures.jpeg(picture), "jpeg"))))
        .isLessThan(20);
    assertThat(hash.distance(hash(darker(picture)))).isLessThan(20);
    assertThat(hash.distance(hash(picture.getSubimage(6, 5, 628, 470)))) // 1 % a side
        .isLessThanOrEqualTo(PerceptualHash.ALIKE);
  }

  @Test
  void picturesOfDifferentThingsDoNot() throws Exception {
    PerceptualHash hash = hash(scene(1, 640, 480));

    for (int other = 2; other < 20; other++) {
      assertThat(hash.distance(hash(scene(other, 640, 480)))).isBetween(90, 166);
    }
  }

  @Test
  void aPictureSmallerThanTheGridHasAHash() throws Exception {
    assertThat(hash(Pictures.corners(2, 2))).isEqualTo(hash(Pictures.corners(90, 70)));
  }

  @Test
  void aPictureOfNothingHasNoBits() throws Exception {
    assertThat(hash(Pictures.corners(1, 1))).isEqualTo(new PerceptualHash(0, 0, 0, 0));
  }

  @Test
  void countsTheBitsThatDiffer() {
    PerceptualHash none = new PerceptualHash(0, 0, 0, 0);

    assertThat(none.distance(new PerceptualHash(1, 3, 7, -1))).isEqualTo(1 + 2 + 3 + 64);
    assertThat(none.distance(none)).isZero();
  }

  private PerceptualHash hash(BufferedImage picture) throws Exception {
    return PerceptualHash.of(decoder.decode(Pictures.file(picture, "png"), "png"));
  }

  /** Things of all sizes, as photos have them. */
  private static BufferedImage scene(int seed, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      int size = 200 - 3 * i;
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(random.nextInt(width) - 40, random.nextInt(height) - 40, 2 * size, size);
    }
    graphics.dispose();
    return image;
  }

  private static BufferedImage scaled(BufferedImage picture, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = scaled.createGraphics();
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private static BufferedImage darker(BufferedImage picture) {
    BufferedImage dark = scaled(picture, picture.getWidth(), picture.getHeight());
    for (int y = 0; y < dark.getHeight(); y++) {
      for (int x = 0; x < dark.getWidth(); x++) {
        dark.setRGB(x, y, new Color(picture.getRGB(x, y)).darker().getRGB());
      }
    }
    return dark;
  }
}
