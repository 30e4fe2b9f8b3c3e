package dev.labelloop.worker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.Box;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SceneDrawerTest {
  private final SceneDrawer drawer = new SceneDrawer(7);

  @Test
  void drawsTheSameSceneEachTimeAndOthersForOtherSeeds() {
    assertThat(pixels(drawer.scene(3))).isEqualTo(pixels(new SceneDrawer(7).scene(3)));
    assertThat(pixels(drawer.scene(3))).isNotEqualTo(pixels(new SceneDrawer(8).scene(3)));
  }

  @Test
  void drawsEveryClassInPicturesOf160To224PixelsWithBoxesInside() {
    Set<Integer> classes = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      Scene scene = drawer.scene(i);
      assertThat(scene.image().getWidth()).isBetween(160, 224);
      assertThat(scene.image().getHeight()).isBetween(160, 224);
      scene
          .boxes()
          .forEach(
              label -> {
                classes.add(label.classIndex());
                Box box = label.box();
                assertThat(box.x()).isNotNegative();
                assertThat(box.y()).isNotNegative();
                assertThat(box.right()).isLessThanOrEqualTo(scene.image().getWidth());
                assertThat(box.bottom()).isLessThanOrEqualTo(scene.image().getHeight());
              });
    }
    assertThat(classes).hasSize(SceneDrawer.classes().size());
  }

  private static int[] pixels(Scene scene) {
    BufferedImage image = scene.image();
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
