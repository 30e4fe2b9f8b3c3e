package dev.labelloop.activities.detector.yolox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.training.DrawnShapes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YoloxDetectorTest {
  private static final int SIDE = 64;

  @TempDir private Path folder;

  @Test
  void twoHundredCallsLeaveNothingBehind() {
    DrawnShapes shapes = new DrawnShapes(1, SIDE);
    ModelFiles files =
        new YoloxFamily().initial("nano", shapes.classes(), null, SIDE, 1, folder).files();
    var picture = List.of(shapes.picture(shapes.examples().get(0).image()));
    try (YoloxDetector detector = new YoloxDetector(files)) {
      detector.detect(picture);
      int before = detector.arrays();
      for (int i = 0; i < 200; i++) {
        detector.detect(picture);
      }
      assertThat(detector.arrays()).isEqualTo(before);
    }
  }
}
