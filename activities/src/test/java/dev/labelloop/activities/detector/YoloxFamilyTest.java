package dev.labelloop.activities.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Shared;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloxFamilyTest extends DetectorContract {
  private static final String WEIGHTS = "yolox_nano_416_coco.safetensors";
  private static final int CAR = 2; // in COCO's list
  private static final int MOTORCYCLE = 3;

  @TempDir private Path out;

  @Override
  DetectorFamily family() {
    return new YoloxFamily();
  }

  @Override
  TrainingSpec byHeart(int input) {
    return new TrainingSpec(160, 8, input, 4e-3, 1);
  }

  @Test
  void classesThatTheWeightsKnowKeepTheirRows() {
    ModelFiles coco = ModelFiles.at(Shared.path("models/yolox-nano-coco").resolve(WEIGHTS));
    List<String> classes = List.of("Car", "Tractor", "Motorbike");

    InitialModel initial = family().initial("nano", classes, coco, 416, 9, out);

    assertThat(initial.knownClasses()).containsExactlyInAnyOrder("Car", "Motorbike");
    SortedMap<String, Tensor> from = Safetensors.read(coco.weights());
    SortedMap<String, Tensor> to = Safetensors.read(initial.files().weights());
    assertThat(to.keySet()).isEqualTo(from.keySet());
    for (int level = 0; level < 3; level++) {
      String rows = "head.cls_preds." + level + ".weight";
      assertThat(row(to, rows, 0, 3)).isEqualTo(row(from, rows, CAR, 80));
      assertThat(row(to, rows, 2, 3)).isEqualTo(row(from, rows, MOTORCYCLE, 80));
      String bias = "head.cls_preds." + level + ".bias";
      assertThat(row(to, bias, 2, 3)).isEqualTo(row(from, bias, MOTORCYCLE, 80));
      // A prior of 0.01: −ln 99
      assertThat(row(to, bias, 1, 3)).containsExactly((float) -Math.log(99));
    }
    String stem = "backbone.backbone.stem.conv.conv.weight";
    assertThat(data(to, stem)).isEqualTo(data(from, stem));
    assertThat(ModelDescription.read(initial.files().description()).random()).isFalse();
  }

  @Test
  void refusesWeightsOfAnotherSize() {
    ModelFiles coco = ModelFiles.at(Shared.path("models/yolox-nano-coco").resolve(WEIGHTS));

    assertThatThrownBy(() -> family().initial("tiny", List.of("car"), coco, 416, 9, out))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(coco.description().toString())
        .hasMessageContaining("'yolox-nano'")
        .hasMessageContaining("'yolox-tiny'")
        .hasMessageContaining("change model.family and model.size, or name other weights");
  }

  @Test
  void everySizeCanBeDrawnAndLoaded() {
    for (String size : family().sizes()) {
      ModelFiles files = family().initial(size, List.of("a"), null, 64, 1, out).files();
      family().load(files).close();
    }
  }

  private static float[] row(SortedMap<String, Tensor> tensors, String name, int row, int rows) {
    float[] all = data(tensors, name);
    int width = all.length / rows;
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  private static float[] data(SortedMap<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new AssertionError("no tensor " + name);
    }
    return tensor.data();
  }
}
