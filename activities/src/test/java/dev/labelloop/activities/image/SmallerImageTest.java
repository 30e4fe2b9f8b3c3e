package dev.labelloop.activities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallerImageTest {
  @Test
  void leavesASmallPictureAsItIs() {
    RgbImage small = new RgbImage(3, 2, new byte[18]);

    assertThat(SmallerImage.of(small, 3)).isSameAs(small);
    assertThat(SmallerImage.of(small, 256)).isSameAs(small);
  }

  @Test
  void takesTheMeanOfTheAreaThatAPixelCovers() {
    // Red levels 10, 20, 60, 110 in each of two rows, then half of it: (10 + 20) / 2, (60 + 110) /
    // 2.
    RgbImage halved = SmallerImage.of(reds(4, 2, 10, 20, 60, 110, 10, 20, 60, 110), 2);

    assertThat(halved.width()).isEqualTo(2);
    assertThat(halved.height()).isEqualTo(1);
    assertThat(halved.rgb()).containsExactly(15, 0, 0, 85, 0, 0);
  }

  @Test
  void weighsPixelsThatItCoversInPart() {
    // Three to two: each covers one and a half, (10 + 40 / 2) / 1.5 and (40 / 2 + 100) / 1.5.
    RgbImage scaled = SmallerImage.of(reds(3, 1, 10, 40, 100), 2);

    assertThat(scaled.rgb()).containsExactly(20, 0, 0, 80, 0, 0);
  }

  @Test
  void keepsTheMeanLevelOfAnyPictureAtAnySize() {
    byte[] rgb = new byte[3 * 97 * 61];
    new Random(7).nextBytes(rgb);
    RgbImage noise = new RgbImage(97, 61, rgb);

    for (int side = 1; side < 97; side++) {
      RgbImage scaled = SmallerImage.of(noise, side);
      assertThat(Math.max(scaled.width(), scaled.height())).isEqualTo(side);
      assertThat(mean(scaled)).as("side %d", side).isCloseTo(mean(noise), within(1.0));
    }
  }

  @Test
  void keepsALineOfAHundredThousandPixels() {
    RgbImage line = SmallerImage.of(new RgbImage(100_000, 1, new byte[300_000]), 256);

    assertThat(line.width()).isEqualTo(256);
    assertThat(line.height()).isEqualTo(1);
  }

  private static double mean(RgbImage image) {
    double sum = 0;
    for (byte level : image.rgb()) {
      sum += level & 0xff;
    }
    return sum / image.rgb().length;
  }

  private static RgbImage reds(int width, int height, int... levels) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < levels.length; i++) {
      rgb[3 * i] = (byte) levels[i];
    }
    return new RgbImage(width, height, rgb);
  }
}
