package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  @Test
  void thresholdsAreNumpysAndNotFractions() {
    assertThat(Protocol.STANDARD.threshold(8)).isEqualTo(0.8999999999999999);
    assertThat(Protocol.STANDARD.thresholdIndex(0.75)).isEqualTo(5);
    assertThat(Protocol.STANDARD.thresholdIndex(0.9)).isEqualTo(-1);
    assertThat(Protocol.linspace(0.5, 0.9, 1)).containsExactly(0.5);
    assertThat(Protocol.linspace(0.5, 0.9, 2)).containsExactly(0.5, 0.9);
  }

  @Test
  void refusesThresholdsThatAreNone() {
    refused(() -> Protocol.STANDARD.withThresholds(), "0 IoU thresholds: give 1 to 16");
    refused(() -> Protocol.STANDARD.withThresholds(new double[17]), "17 IoU thresholds");
    refused(() -> Protocol.STANDARD.withThresholds(0, 0.5), "IoU threshold 0.0");
    refused(() -> Protocol.STANDARD.withThresholds(0.5, 0.5), "IoU threshold 0.5");
    refused(() -> Protocol.STANDARD.withThresholds(0.5, 1.5), "IoU threshold 1.5");
    refused(() -> Protocol.STANDARD.withThresholds(Double.NaN), "IoU threshold NaN");
  }

  @Test
  void refusesAreasThatAreNone() {
    refused(() -> new AreaRange("a", 5, 4), "area range a from 5.0 to 4.0");
    refused(() -> new AreaRange("a", -1, 4), "0 <= from <= to");
    refused(() -> new AreaRange(" ", 1, 4), "has a name");
    AreaRange a = new AreaRange("a", 1, 4);
    refused(() -> Protocol.STANDARD.withAreas(List.of(a, a)), "area range a is there twice");
    refused(() -> Protocol.STANDARD.withAreas(List.of(AreaRange.ALL)), "all is always measured");
    List<AreaRange> many =
        IntStream.range(0, 32).mapToObj(i -> new AreaRange("a" + i, i, 99)).toList();
    refused(() -> Protocol.STANDARD.withAreas(many), "32 area ranges: give at most 31");
  }

  @Test
  void refusesLimitsThatAreNone() {
    refused(() -> Protocol.STANDARD.withLimits(100), "three limits");
    refused(() -> Protocol.LVIS.withLimits(1, 10, 100), "one limit");
    refused(() -> Protocol.STANDARD.withLimits(0, 1, 2), "limit of 0");
    refused(() -> Protocol.STANDARD.withLimits(1, 10, 10), "limit of 10");
  }

  private static void refused(Runnable change, String message) {
    assertThatThrownBy(change::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
