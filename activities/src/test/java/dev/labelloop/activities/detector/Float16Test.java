package dev.labelloop.activities.detector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Float16Test {
  @Test
  void knownValues() {
    assertThat(Float16.of(1)).isEqualTo((short) 0x3c00);
    assertThat(Float16.of(-2)).isEqualTo((short) 0xc000);
    assertThat(Float16.of(0x1.554p-2f)).isEqualTo((short) 0x3555);
    assertThat(Float16.of(0x1p-24f)).isEqualTo((short) 1); // the smallest
    assertThat(Float16.of(-0f)).isEqualTo((short) 0x8000);
    assertThat(Float16.of(Float.NaN)).isEqualTo((short) 0x7e00);
  }

  @Test
  void everyFiniteValueComesBack() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = Float16.toFloat((short) bits);
      if (Float.isFinite(value)) {
        assertThat(Float16.of(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void halfwayGoesToTheEvenNeighbour() {
    // Neighbours of 1 are 2^-10 apart.
    assertThat(Float16.of(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(Float16.of(1 + 3 * 0x1p-11f)).isEqualTo((short) 0x3c02);
    assertThat(Float16.of(1 + 0x1p-11f + 0x1p-20f)).isEqualTo((short) 0x3c01);
    assertThat(Float16.of(0x1p-25f)).isEqualTo((short) 0);
    assertThat(Float16.of(0x1.ffcp-15f)).isEqualTo((short) 0x0400); // rounds up to a normal number
  }

  @Test
  void whatIsTooLargeBecomesTheLargest() {
    assertThat(Float16.toFloat(Float16.of(1e9f))).isEqualTo(65504);
    assertThat(Float16.toFloat(Float16.of(Float.NEGATIVE_INFINITY))).isEqualTo(-65504);
  }
}
