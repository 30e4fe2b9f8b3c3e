package dev.labelloop.activities.detector.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.labelloop.activities.detector.nn.Conv.Geometry;
import dev.labelloop.activities.detector.nn.ConvolutionSelfCheck.Report;
import dev.labelloop.activities.detector.nn.ConvolutionSelfCheck.Site;
import dev.labelloop.activities.detector.yolox.YoloxNetwork;
import dev.labelloop.activities.detector.yolox.YoloxSize;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConvolutionSelfCheckTest {
  private static final Site SITE = new Site(new Geometry(4, 6, 3, 2, 2), 10, 8);

  @Test
  void everyConvolutionOfTheSmallNetworkIsRightHere() {
    Set<Site> sites = new YoloxNetwork(YoloxSize.NANO, 80).sites(416);

    assertThat(sites)
        .contains(
            new Site(new Geometry(12, 16, 3, 1, 1), 208, 208), // behind the focus
            new Site(new Geometry(64, 80, 1, 1, 1), 13, 13), // classes at stride 32
            new Site(new Geometry(64, 64, 3, 1, 64), 52, 52)); // depthwise at stride 8
    Report report = ConvolutionSelfCheck.run(sites);
    assertThat(report.sites()).isEqualTo(sites.size());
    assertThat(report.worst()).isBetween(1e-9, 1e-3);
  }

  @Test
  void refusesAWrongOutput() {
    assertRefused(
        (x, weight, g) -> {
          NDArray y = Conv.plain(x, weight, g);
          return single(x) ? y.mul(1.01f) : y;
        },
        "the output in float32 differs from float64 by 0.01");
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertRefused(
        (x, weight, g) -> {
          NDArray y = Conv.plain(x, weight, g);
          return single(x) ? y.div(0f) : y;
        },
        "the output in float32");
  }

  private static boolean single(NDArray x) {
    return x.getDataType() == DataType.FLOAT32;
  }

  private static void assertRefused(ConvolutionSelfCheck.Operation operation, String what) {
    assertThatThrownBy(() -> new ConvolutionSelfCheck(operation).check(List.of(SITE)))
        .isInstanceOf(WrongConvolutionException.class)
        .hasMessageContaining("3 × 3 from 4 to 6 channels, stride 2, groups 2, on 8 × 10")
        .hasMessageContaining(what)
        .hasMessageContaining("use another machine");
  }
}
