package dev.labelloop.activities.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.Box;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoxChecksTest {
  private static final ImageSize SIZE = new ImageSize(100, 50);
  private final Problems problems = new Problems(Path.of("gold.json"));

  @Test
  void leavesABoxInsideTheImageAsItIs() {
    Box box = new Box(0.1, 0.2, 99.9, 49.8);
    assertThat(BoxChecks.cut(box, SIZE)).containsSame(box);
    assertThat(checked(0, 0, 100, 50)).contains(new Box(0, 0, 100, 50));
    assertThat(problems.any()).isFalse();
  }

  @Test
  void cutsWhatRoundingLetStickOut() {
    // from -0.5 to 100.9 across, from 10 to 51 down
    assertThat(checked(-0.5, 10, 101.4, 41)).contains(new Box(0, 10, 100, 40));
    assertThat(problems.any()).isFalse();
  }

  @Test
  void refusesWhatLiesOutside() {
    assertThat(checked(90, 10, 11.5, 5)).isEmpty();
    assertThat(problems.any()).isTrue();
  }

  @Test
  void refusesABoxWithoutArea() {
    assertThat(checked(10, 10, 0, 5)).isEmpty();
    assertThat(checked(10, 10, 5, -1)).isEmpty();
    assertThat(checked(100.2, 10, 0.5, 5)).isEmpty(); // within the tolerance, but beyond the edge
    assertThat(problems.any()).isTrue();
  }

  @Test
  void refusesABoxWithoutAPlace() {
    assertThat(checked(Double.NaN, 10, 5, 5)).isEmpty();
    assertThat(checked(1, 10, Double.POSITIVE_INFINITY, 5)).isEmpty();
    assertThat(problems.any()).isTrue();
  }

  private Optional<Box> checked(double x, double y, double width, double height) {
    return BoxChecks.checked(
        x,
        y,
        width,
        height,
        new BoxChecks.ImageLocation("annotations[0]", "a.jpg", SIZE),
        problems);
  }
}
