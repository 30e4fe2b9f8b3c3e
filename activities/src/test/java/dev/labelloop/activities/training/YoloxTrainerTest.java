package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.core.ModelId;
import dev.labelloop.model.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloxTrainerTest {
  private static final int SIDE = 64;
  private static final TrainingSpec SPEC = new TrainingSpec(3, 2, SIDE, 1e-3, 11); // 6 steps

  private final DrawnShapes data = new DrawnShapes(4, SIDE);

  @TempDir private Path folder;
  private ModelFiles start;

  @BeforeEach
  void drawAModel() throws IOException {
    start = new YoloxFamily().initial("nano", data.classes(), null, SIDE, 3, make("start")).files();
  }

  @Test
  void aStoppedTrainingGoesOnBitForBit() throws IOException {
    List<Integer> straight = new ArrayList<>();
    ModelFiles whole =
        train("whole", "whole-checkpoints", SPEC, (step, steps, loss) -> straight.add(step));

    IllegalStateException stop = new IllegalStateException("killed");
    assertThatThrownBy(
            () ->
                train(
                    "never",
                    "checkpoints",
                    SPEC,
                    (step, steps, loss) -> {
                      if (step == 2) {
                        throw stop;
                      }
                    }))
        .isSameAs(stop);
    List<Integer> rest = new ArrayList<>();
    ModelFiles resumed =
        train("resumed", "checkpoints", SPEC, (step, steps, loss) -> rest.add(step));

    assertThat(straight).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(rest).containsExactly(3, 4, 5, 6);
    assertThat(hash(resumed)).isEqualTo(hash(whole));
    assertThat(hash(whole)).isNotEqualTo(hash(start));
  }

  @Test
  void aTrainingKilledAfterItsLastStepOnlyWritesItsModel() throws IOException {
    IllegalStateException stop = new IllegalStateException("killed after the last step");
    assertThatThrownBy(
            () ->
                train(
                    "first",
                    "checkpoints",
                    SPEC,
                    (step, steps, loss) -> {
                      if (step == steps) {
                        throw stop;
                      }
                    }))
        .isSameAs(stop);
    List<Integer> rest = new ArrayList<>();
    train("second", "checkpoints", SPEC, (step, steps, loss) -> rest.add(step));

    assertThat(rest).isEmpty();
  }

  @Test
  void aCutOffCheckpointIsIgnoredAndTheTrainingBeginsAnew() throws IOException {
    IllegalStateException stop = new IllegalStateException("killed");
    assertThatThrownBy(
            () ->
                train(
                    "never",
                    "checkpoints",
                    SPEC,
                    (step, steps, loss) -> {
                      throw stop;
                    }))
        .isSameAs(stop);
    Path checkpoint = new FolderCheckpoints(folder.resolve("checkpoints")).newest().orElseThrow();
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(new FolderCheckpoints(folder.resolve("checkpoints")).newest()).isEmpty();
    List<Integer> steps = new ArrayList<>();
    train(
        "anew",
        "checkpoints",
        new TrainingSpec(1, 2, SIDE, 1e-3, 11),
        (step, all, loss) -> steps.add(step));
    assertThat(steps).containsExactly(1, 2);
  }

  @Test
  void writesWhatTheModelIsAndWhereItCameFrom() throws IOException {
    ModelFiles model =
        train("model", "checkpoints", new TrainingSpec(1, 4, SIDE, 1e-3, 11), quiet());

    ModelDescription description = ModelDescription.read(model.description());
    assertThat(description.architecture()).isEqualTo("yolox-nano");
    assertThat(description.input()).isEqualTo(SIDE);
    assertThat(description.classes()).isEqualTo(data.classes());
    assertThat(description.random()).isFalse();
    assertThat(description.provenance())
        .containsEntry("start", hash(start).value())
        .containsEntry("steps", "1")
        .containsKeys("threads", "engine", "training");
  }

  @Test
  void refusesARateThatBlowsTheWeightsUp() {
    assertThatThrownBy(
            () -> train("model", "checkpoints", new TrainingSpec(20, 2, SIDE, 1e30, 11), quiet()))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("not finite: lower training.rate");
  }

  @Test
  void refusesACutOffStart() throws IOException {
    byte[] bytes = Files.readAllBytes(start.weights());
    Files.write(start.weights(), Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(() -> train("model", "checkpoints", SPEC, quiet()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(start.weights().toString())
        .hasMessageContaining("cut off");
  }

  private static Progress quiet() {
    return (step, steps, loss) -> {};
  }

  private ModelFiles train(String name, String checkpoints, TrainingSpec spec, Progress progress)
      throws IOException {
    FolderCheckpoints kept = new FolderCheckpoints(folder.resolve(checkpoints));
    return new YoloxFamily().train(start, data, spec, kept, progress, make(name));
  }

  private Path make(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static ModelId hash(ModelFiles files) {
    return Safetensors.hash(Safetensors.read(files.weights()));
  }
}
