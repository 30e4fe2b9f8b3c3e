package dev.labelloop.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final RoundId ROUND = new RoundId(new CampaignName("street.v2"), 3);

  @Test
  void aBatchKnowsItsRoundAndPlace() {
    BatchId batch = ROUND.batch(12);

    assertThat(batch.value()).isEqualTo("street.v2/r3/b12");
    assertThat(batch.round()).isEqualTo(ROUND);
    assertThat(batch.index()).isEqualTo(12);
  }

  @Test
  void batchesSortByNumberNotByText() {
    assertThat(ROUND.batch(2)).isLessThan(ROUND.batch(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "street", "street/r1", "street/r/b0", "street/r1/b0/x", "/r1/b0"})
  void refusesWhatIsNoBatch(String text) {
    assertThatThrownBy(() -> new BatchId(text)).hasMessageContaining("must look like");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "-x", "ä"})
  void refusesNamesThatWouldBreakPathsAndIds(String name) {
    assertThatThrownBy(() -> new CampaignName(name)).hasMessageContaining("campaign name");
  }

  @Test
  void anImageIsItsHash() {
    // SHA-256 of no bytes at all, FIPS 180-4 test vector
    assertThat(new ImageId(Sha256.hex(new byte[0])).value())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThatThrownBy(() -> new ImageId("E3B0")).hasMessageContaining("64 lower-case hex digits");
  }
}
