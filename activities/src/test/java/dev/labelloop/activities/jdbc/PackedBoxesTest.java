package dev.labelloop.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedBoxesTest {
  @Test
  void labelsComeBackBitForBit() {
    List<LabelledBox> labels =
        List.of(
            new LabelledBox(new Box(0.1, 1.0 / 3, 1e-9, 123456.789), 0),
            new LabelledBox(new Box(-0.5, 2, 3, 4), 70_000));

    assertThat(PackedBoxes.labels(PackedBoxes.ofLabels(labels))).isEqualTo(labels);
  }

  @Test
  void detectionsComeBackAsFloats() {
    Detection found = new Detection(new Box(0.1, 200.25, 30, 40), 65_535, 0.9);

    List<Detection> back = PackedBoxes.detections(PackedBoxes.ofDetections(List.of(found)));

    assertThat(back)
        .containsExactly(
            new Detection(new Box(0.1f, 200.25, 30, 40), 65_535, 0.9f)); // float32, widened
  }

  @Test
  void needsSoManyBytes() {
    // A version byte; class 2 and five float32 of 4 bytes, or class 4 and four float64 of 8.
    Box box = new Box(1, 2, 3, 4);
    assertThat(PackedBoxes.ofDetections(List.of(new Detection(box, 0, 1)))).hasSize(1 + 22);
    assertThat(PackedBoxes.ofLabels(List.of(new LabelledBox(box, 0)))).hasSize(1 + 36);
    assertThat(PackedBoxes.labels(PackedBoxes.ofLabels(List.of()))).isEmpty();
  }

  @Test
  void keepsTheTwoKindsApart() {
    byte[] labels = PackedBoxes.ofLabels(List.of(new LabelledBox(new Box(1, 2, 3, 4), 0)));

    assertThatThrownBy(() -> PackedBoxes.detections(labels))
        .hasMessageContaining("not of version 1");
    assertThatThrownBy(() -> PackedBoxes.labels(new byte[0])).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> PackedBoxes.labels(new byte[] {2, 0})).hasMessageContaining("2 bytes");
  }

  @Test
  void refusesAClassThatDoesNotFit() {
    List<Detection> found = List.of(new Detection(new Box(1, 2, 3, 4), 65_536, 0.5));

    assertThatThrownBy(() -> PackedBoxes.ofDetections(found))
        .hasMessage("class index 65536 is not below 65536");
  }
}
