package dev.labelloop.activities.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private static final List<StoredImage> IMAGES =
      Stream.of("cam1/a.jpg", "cam1/b.jpg", "cam2/a.jpg", "other.jpg")
          .map(path -> new StoredImage(Stores.image(path), path, 10, 10))
          .toList();

  @Test
  void imagesOfOneCameraBelongTogether() {
    Function<ImageId, Object> cluster = Clusters.of("^(cam[0-9]+)/", IMAGES);

    assertThat(IMAGES.stream().map(image -> cluster.apply(image.id())))
        .containsExactly("cam1", "cam1", "cam2", IMAGES.get(3).id());
  }

  @Test
  void withoutAnExpressionEachStandsAlone() {
    Function<ImageId, Object> cluster = Clusters.of(null, IMAGES);

    assertThat(IMAGES.stream().map(image -> cluster.apply(image.id())).distinct()).hasSize(4);
  }
}
