package dev.labelloop.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.detector.InitialModel;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.training.Checkpoints;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckTest {
  @TempDir private Path home;
  private final Family family = new Family();

  @Test
  void checksAMachineOnce() {
    new MachineCheck(home, "this").require(family, 80, 416);
    new MachineCheck(home, "this").require(family, 80, 416);

    assertThat(family.checks).isEqualTo(1);
  }

  @Test
  void checksAgainOnAnotherMachine() {
    new MachineCheck(home, "this").require(family, 80, 416);
    new MachineCheck(home, "another").require(family, 80, 416);

    assertThat(family.checks).isEqualTo(2);
  }

  @Test
  void remembersNoMachineThatComputesWrongly() {
    family.wrong = true;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> new MachineCheck(home, "this").require(family, 80, 416))
          .hasMessage("wrong");
    }

    assertThat(family.checks).isEqualTo(2);
  }

  private static final class Family implements DetectorFamily {
    private int checks;
    private boolean wrong;

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public List<String> sizes() {
      return List.of("small");
    }

    @Override
    public void requireStart(String size, ModelFiles weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InitialModel initial(
        String size,
        List<String> classes,
        @Nullable ModelFiles weights,
        int input,
        long seed,
        Path folder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Detector load(ModelFiles files) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ModelFiles train(
        ModelFiles start,
        TrainingData data,
        TrainingSpec spec,
        Checkpoints checkpoints,
        Progress progress,
        Path folder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String selfCheck(String size, int classes, int input) {
      checks++;
      if (wrong) {
        throw new IllegalStateException("wrong");
      }
      return "right";
    }
  }
}
