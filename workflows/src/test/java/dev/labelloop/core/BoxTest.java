package dev.labelloop.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {
  private static final Box UNIT = new Box(0, 0, 10, 10);

  @Test
  void boxesThatOnlyTouchDoNotOverlap() {
    assertThat(UNIT.iou(new Box(10, 0, 10, 10))).isZero();
  }

  @Test
  void aBoxOverlapsItselfWholly() {
    assertThat(UNIT.iou(UNIT)).isEqualTo(1);
  }

  @Test
  void halfOverlappingBoxesShareAThird() {
    // intersection 5 x 10 = 50, union 100 + 100 - 50 = 150
    assertThat(UNIT.iou(new Box(5, 0, 10, 10))).isCloseTo(1.0 / 3, within(1e-15));
  }

  @Test
  void cornersAndSizeAreTheSameBox() {
    assertThat(Box.ofCorners(1, 2, 4, 6)).isEqualTo(new Box(1, 2, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({"0,1,0,1", "0,0,1,-1", "0,0,NaN,1", "NaN,0,1,1", "0,0,Infinity,1"})
  void refusesBoxesThatAreNowhere(double x, double y, double width, double height) {
    assertThatThrownBy(() -> new Box(x, y, width, height))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("box has no");
  }
}
