package dev.labelloop.activities.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void roundsUpInDecimals() {
    assertThat(Share.of(439, 0.10)).isEqualTo(44); // 43.9
    assertThat(Share.of(30, 0.1)).isEqualTo(3); // 3.0000000000000004 in doubles
    assertThat(Share.of(7, 0)).isZero();
    assertThat(Share.of(7, 1)).isEqualTo(7);
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatThrownBy(() -> Share.of(7, 1.1)).hasMessage("a share is in [0, 1]: 1.1");
    assertThatThrownBy(() -> Share.of(7, Double.NaN)).hasMessage("a share is in [0, 1]: NaN");
  }
}
