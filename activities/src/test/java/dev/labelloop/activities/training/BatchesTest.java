package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.training.Batches.Batch;
import dev.labelloop.core.ImageId;
import dev.labelloop.model.TrainingSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int SIDE = 32;
  private static final int IMAGES = 5;

  private final DrawnShapes data = new DrawnShapes(IMAGES, SIDE);

  @Test
  void everyBatchIsFullAndTheEpochsAreLaidEndToEnd() {
    assertThat(batches(4, 1).steps()).isEqualTo(5); // 4 epochs × 5 images / 4 a batch
    assertThat(batches(1, 1).steps()).isEqualTo(2); // 5 / 4, rounded up
    assertThat(batches(1, 1).augmented(1).targets()).hasSize(4);
  }

  @Test
  void everyEpochShowsEveryImageOnceInAnOrderOfItsOwn() {
    Batches batches = batches(4, 1);
    for (int step = 0; step < 5; step++) {
      batches.augmented(step);
    }

    List<ImageId> asked = data.asked();
    assertThat(asked).hasSize(20);
    Set<List<ImageId>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      List<ImageId> one = asked.subList(epoch * IMAGES, (epoch + 1) * IMAGES);
      assertThat(one).doesNotHaveDuplicates();
      orders.add(List.copyOf(one));
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void aBatchDependsOnSeedAndNumberAlone() {
    Batch first = batches(4, 1).augmented(3);
    Batches other = batches(4, 1);
    other.augmented(0);
    Batch again = other.augmented(3);

    assertThat(again.pixels()).isEqualTo(first.pixels());
    assertThat(again.targets()).isEqualTo(first.targets());
    assertThat(batches(4, 2).augmented(3).pixels()).isNotEqualTo(first.pixels());
  }

  @Test
  void plainBatchesShowEveryImageOnceButNoMoreThanAsked() {
    Batches batches = batches(4, 1);

    assertThat(batches.plainBatches(16)).isEqualTo(2); // 5 images / 4
    assertThat(batches.plainBatches(1)).isEqualTo(1);
    float[] pixels = batches.plain(0);
    assertThat(pixels).hasSize(4 * 3 * SIDE * SIDE);
    for (float value : pixels) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  private Batches batches(int epochs, long seed) {
    return new Batches(data, new TrainingSpec(epochs, 4, SIDE, 1e-3, seed));
  }
}
