package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShardWindowTest {
  @Test
  void isTwiceTheSlotsWithinBounds() {
    assertThat(ShardWindow.of(1)).isEqualTo(8);
    assertThat(ShardWindow.of(5)).isEqualTo(10);
    assertThat(ShardWindow.of(100)).isEqualTo(200);
    assertThat(ShardWindow.of(101)).isEqualTo(200);
  }

  @Test
  void isOrdinaryWhereNobodyKnowsTheSlots() {
    assertThat(ShardWindow.of(0)).isEqualTo(32);
  }
}
