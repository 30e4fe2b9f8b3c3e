package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.ImageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureCacheTest {
  private static final int SIDE = 8;
  private static final int BYTES = 3 * SIDE * SIDE;

  private final DrawnShapes data = new DrawnShapes(3, SIDE);
  private final List<ImageId> images =
      data.examples().stream().map(TrainingExample::image).toList();

  @Test
  void keepsTheFirstPicturesThatFit() {
    PictureCache cache = new PictureCache(data, 2 * BYTES);

    for (int epoch = 0; epoch < 2; epoch++) {
      images.forEach(cache::picture);
    }

    assertThat(data.asked())
        .containsExactly(images.get(0), images.get(1), images.get(2), images.get(2));
  }

  @Test
  void worksWithoutAnyRoom() {
    PictureCache cache = new PictureCache(data, 0);
    ImageId image = images.get(0);

    assertThat(cache.picture(image)).isSameAs(cache.picture(image));
    assertThat(data.asked()).containsExactly(image, image);
  }
}
