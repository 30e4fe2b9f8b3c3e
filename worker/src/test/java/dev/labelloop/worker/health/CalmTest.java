package dev.labelloop.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.SeenHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalmTest {
  private static final HealthNote BAD =
      new HealthNote(CampaignHealth.DEGRADED, "retries/PredictShard", "the disk is full");
  private static final HealthNote WORSE =
      new HealthNote(CampaignHealth.BLOCKED, "unserved/predict", "nobody");

  private final Calm calm = new Calm(Duration.ofSeconds(30));
  private Instant now = Instant.parse("2026-11-27T10:00:00Z");

  @Test
  void badNewsAreToldAtOnceAndOnce() {
    assertThat(tell(BAD, HealthNote.OK, 0)).isTrue();
    assertThat(tell(BAD, BAD, 1)).isFalse();
    assertThat(tell(WORSE, BAD, 1)).isTrue();
    assertThat(tell(HealthNote.OK, HealthNote.OK, 0)).isFalse();
  }

  @Test
  void goodNewsWaitUntilTheyHaveHeld() {
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
    now = now.plusSeconds(29);
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
    now = now.plusSeconds(1);
    assertThat(tell(HealthNote.OK, BAD, 1)).isTrue();
  }

  @Test
  void aRelapseBeginsTheWaitAnew() {
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
    now = now.plusSeconds(20);
    assertThat(tell(BAD, BAD, 1)).isFalse();
    now = now.plusSeconds(20);
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
  }

  @Test
  void aTroubleThatComesAndGoesForADayIsToldSeldom() {
    HealthNote told = HealthNote.OK;
    int changes = 0;
    for (int look = 0; look < 24 * 3600 / 15; look++) {
      HealthNote seen = look % 400 < 200 ? BAD : HealthNote.OK; // 50 minutes each
      if (tell(seen, told, changes)) {
        told = seen;
        changes++;
      }
      now = now.plusSeconds(15);
    }

    assertThat(changes).isBetween(10, 60);
  }

  @Test
  void whatEndedIsForgotten() {
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
    calm.keepOnly(Set.of());
    now = now.plusSeconds(60);
    assertThat(tell(HealthNote.OK, BAD, 1)).isFalse();
  }

  private boolean tell(HealthNote seen, HealthNote told, int changes) {
    return calm.tell("street", seen, new SeenHealth(told, changes), now);
  }
}
