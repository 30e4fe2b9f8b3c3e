package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.evaluation.RoundRecord;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rounds of the loop, with people who answer at once. */
@Timeout(60)
class CampaignWorkflowTest {
  private final FakeStages stages = new FakeStages();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void goesRoundThreeTimesAndKeepsTheBest() {
    CampaignResult result = run(3);

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(result.rounds()).isEqualTo(3);
    assertThat(result.champion().model()).isEqualTo(FakeStages.challenger(3));
    assertThat(stages.records).extracting(r -> r.round().number()).containsExactly(0, 1, 2, 3);
    assertThat(stages.records.subList(1, 4)).allMatch(RoundRecord::promoted);
    assertThat(stages.shardsPredicted).hasValue(12); // 4 shards, 3 rounds
  }

  @Test
  void trainsEveryRoundFromTheInitialModel() {
    run(3);

    assertThat(stages.trainings).hasSize(3).allMatch(t -> t.start().equals(FakeStages.INITIAL));
  }

  @Test
  void keepsTheChampionWhenTheGainIsTooSmall() {
    stages.maps = new double[] {0.3, 0.33, 0.45};
    stages.margin = 0.05; // 0.1 → 0.3 promoted, 0.3 → 0.33 kept, 0.3 → 0.45 promoted

    run(3);

    assertThat(stages.records)
        .extracting(RoundRecord::promoted)
        .containsExactly(false, true, false, true);
    assertThat(stages.records.get(2).champion()).isEqualTo(FakeStages.challenger(1));
  }

  @Test
  void stopsAtTheTarget() {
    double target = 0.25; // round 2 reaches 0.3
    LoopSettings settings =
        new LoopSettings(3, target, Duration.ofDays(3), DeadlinePolicy.CLOSE, Duration.ofDays(1));

    CampaignResult result = result(server.begin(FakeStages.CAMPAIGN, settings));

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.TARGET_REACHED);
    assertThat(result.rounds()).isEqualTo(2);
  }

  @Test
  void stopsWhenNoImageIsLeftToAsk() {
    stages.batches = 0;

    CampaignResult result = run(3);

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(result.rounds()).isZero();
    assertThat(stages.trainings).isEmpty();
  }

  @Test
  void doesNotPredictWithAModelThatKnowsNothing() {
    stages.knownClasses = 0;

    run(2);

    assertThat(stages.selections).extracting(s -> s.predicted()).containsExactly(false, true);
    assertThat(stages.shardsPredicted).hasValue(4); // round 2 only
  }

  @Test
  void trainsNothingWithoutALabel() {
    stages.boxes = 0;

    CampaignResult result = run(1);

    assertThat(stages.trainings).isEmpty();
    assertThat(result.champion().model()).isEqualTo(FakeStages.INITIAL);
    assertThat(stages.records.get(1).challenger()).isNull();
  }

  @Test
  void aFailedTrainingIsTriedAgain() {
    stages.failTrainings = 3;

    assertThat(run(1).champion().model()).isEqualTo(FakeStages.challenger(1));
    assertThat(stages.trainings).hasSize(4);
  }

  @Test
  void aLargePoolGoesThroughGroupsInAWindow() {
    stages.shards = 501; // one more than a group holds
    stages.slots = 5;

    run(1);

    assertThat(stages.shardsPredicted).hasValue(501);
    assertThat(stages.mostInFlight.get()).isLessThanOrEqualTo(2 * 2 * 5); // two groups
    assertThat(server.events("campaign/street/r1/predict/g0")).hasSizeLessThan(4096);
    assertThat(server.events("campaign/street/r1/predict/g1")).hasSizeLessThan(30);
  }

  private CampaignResult run(int rounds) {
    return result(server.begin(rounds, DeadlinePolicy.CLOSE));
  }
}
