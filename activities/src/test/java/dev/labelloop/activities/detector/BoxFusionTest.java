package dev.labelloop.activities.detector;

import static dev.labelloop.activities.Stores.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Boxes are squares of 10 pixels in one row, named by where they begin. */
class BoxFusionTest {
  private static final int CAR = 0;
  private static final int BUS = 1;
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @Test
  void oneModelIsLeftAsItIs() {
    List<Detection> found = List.of(found(0, CAR, 0.9), found(1, CAR, 0.8));

    assertThat(BoxFusion.of(List.of(found))).isEqualTo(found);
  }

  @Test
  void whatTwoModelsSeeIsTheirMeanBySureness() {
    // They overlap by 8 of 12 pixels; the second has a quarter of the weight: 2 pixels / 4.
    Detection fused = only(List.of(found(0, CAR, 0.6)), List.of(found(2, CAR, 0.2)));

    assertThat(fused.box().x()).isCloseTo(0.5, ROUNDING);
    assertThat(fused.box().width()).isCloseTo(10, ROUNDING);
    assertThat(fused.confidence()).isCloseTo(0.4, ROUNDING);
  }

  @Test
  void theBoxIsTheMeanOfEdges() {
    Detection wide = new Detection(new Box(0, 0, 14, 10), CAR, 0.5);

    assertThat(only(List.of(found(0, CAR, 0.5)), List.of(wide)).box())
        .isEqualTo(new Box(0, 0, 12, 10));
  }

  @Test
  void whatOneOfTwoModelsSeesIsHalfAsSure() {
    assertThat(BoxFusion.of(List.of(List.of(found(0, CAR, 0.8)), List.of())))
        .containsExactly(found(0, CAR, 0.4));
  }

  @Test
  void classesStayApart() {
    assertThat(BoxFusion.of(List.of(List.of(found(0, CAR, 0.8)), List.of(found(0, BUS, 0.4)))))
        .containsExactlyInAnyOrder(found(0, CAR, 0.4), found(0, BUS, 0.2));
  }

  @Test
  void twoBoxesOfOneModelAreTwoObjects() {
    List<Detection> both = List.of(found(0, CAR, 0.8), found(2, CAR, 0.6));

    assertThat(BoxFusion.of(List.of(both, both))).containsExactlyInAnyOrderElementsOf(both);
  }

  @Test
  void boxesThatOverlapTooLittleStayApart() {
    // 7 of 13 pixels: 0.538
    assertThat(BoxFusion.of(List.of(List.of(found(0, CAR, 0.8)), List.of(found(3, CAR, 0.8)))))
        .hasSize(2);
  }

  private static Detection only(List<Detection> first, List<Detection> second) {
    List<Detection> fused = BoxFusion.of(List.of(first, second));
    assertThat(fused).hasSize(1);
    return fused.get(0);
  }
}
