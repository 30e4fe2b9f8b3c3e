package dev.labelloop.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void aDrawDependsOnItsKeyAlone() {
    assertThat(Draws.uniform(7, "r1", "a")).isEqualTo(Draws.uniform(7, "r1", "a"));
    assertThat(Draws.uniform(7, "r1", "a")).isNotEqualTo(Draws.uniform(8, "r1", "a"));
    assertThat(Draws.hash(7, "ab", "c")).isNotEqualTo(Draws.hash(7, "a", "bc"));
  }

  @Test
  void drawsAreUniform() {
    double mean =
        IntStream.range(0, 10_000).mapToDouble(i -> Draws.uniform(1, i)).average().orElse(0);

    assertThat(mean).isCloseTo(0.5, within(0.01)); // standard error 0.289 / 100 = 0.003
  }
}
