package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final ModelId START = new ModelId("a".repeat(64));
  private static final TrainingSpec SPEC = new TrainingSpec(3, 2, 64, 1e-3, 7);
  private static final TrainingData DATA = data(2);

  @TempDir private Path folder;

  @Test
  void findsItsStateAndTheThreadsItWasMadeWith() {
    save(TrainingKey.of(START, DATA, SPEC));

    assertThat(store(TrainingKey.of(START, data(2), SPEC)).newest())
        .hasValueSatisfying(
            found -> {
              assertThat(found.threads()).isEqualTo(3);
              assertThat(Safetensors.read(found.file())).containsKey("value/w");
            });
  }

  @Test
  void leavesTheStateOfAnotherTrainingAlone() {
    save(TrainingKey.of(START, DATA, SPEC));

    ModelId otherStart = new ModelId("b".repeat(64));
    TrainingSpec otherSeed = new TrainingSpec(3, 2, 64, 1e-3, 8);
    assertThat(store(TrainingKey.of(otherStart, DATA, SPEC)).newest()).isEmpty();
    assertThat(store(TrainingKey.of(START, DATA, otherSeed)).newest()).isEmpty();
    assertThat(store(TrainingKey.of(START, data(1), SPEC)).newest()).isEmpty();
  }

  @Test
  void keepsTheStateOfTheAttemptThatHasComeFurther() throws Exception {
    TrainingKey key = TrainingKey.of(START, DATA, SPEC);
    Path newest = folder.resolve("newest.safetensors");
    Safetensors.write(
        newest,
        new TreeMap<>(),
        new TreeMap<>(Map.of("training", key.hash(), "steps", "5", "threads", "1")));
    byte[] before = Files.readAllBytes(newest);

    save(key); // at step 0

    assertThat(newest).hasBinaryContent(before);
    save(TrainingKey.of(START, data(1), SPEC)); // of another training: in its place
    assertThat(Files.readAllBytes(newest)).isNotEqualTo(before);
  }

  @Test
  void leavesAFileWithoutAnOwnerAlone() {
    Safetensors.write(folder.resolve("newest.safetensors"), new TreeMap<>());

    assertThat(store(TrainingKey.of(START, DATA, SPEC)).newest()).isEmpty();
  }

  /** One picture with so many boxes; nobody opens it. */
  private static TrainingData data(int boxes) {
    LabelledBox box = new LabelledBox(new Box(1, 2, 3, 4), 0);
    List<TrainingExample> examples =
        List.of(
            new TrainingExample(
                new ImageId("c".repeat(64)), Collections.nCopies(boxes, box), List.of(), 1));
    return new TrainingData() {
      @Override
      public List<String> classes() {
        return List.of("cat");
      }

      @Override
      public List<TrainingExample> examples() {
        return examples;
      }

      @Override
      public RgbImage picture(ImageId image) {
        throw new UnsupportedOperationException("no picture is needed here");
      }
    };
  }

  private CheckpointStore store(TrainingKey key) {
    return new CheckpointStore(new FolderCheckpoints(folder), key);
  }

  private void save(TrainingKey key) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray weight = manager.create(new float[] {1, 2});
      AdamW optimiser = new AdamW();
      optimiser.add("w", weight, 1);
      store(key).save(optimiser, 3);
    }
  }
}
