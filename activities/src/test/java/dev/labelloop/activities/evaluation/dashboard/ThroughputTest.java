package dev.labelloop.activities.evaluation.dashboard;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.core.RoundId;
import dev.labelloop.selection.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThroughputTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void forecastsByTheAnswersAfterTheFirst() {
    // Eleven answers, the first two hours ago: ten in two hours are five an hour; twenty more take
    // four.
    Throughput pace = throughput(11, NOON.minus(Duration.ofHours(2)));

    assertThat(pace.perHour(NOON)).isEqualTo(5.0);
    assertThat(pace.doneBy(NOON, 20)).isEqualTo(NOON.plus(Duration.ofHours(4)));
    assertThat(pace.doneBy(NOON, 0)).isEqualTo(NOON);
  }

  @Test
  void slowsDownWhileNobodyAnswers() {
    Throughput pace = throughput(11, NOON.minus(Duration.ofHours(2)));

    assertThat(pace.perHour(NOON.plus(Duration.ofHours(18)))).isEqualTo(0.5);
  }

  @Test
  void forecastsNothingFromFewAnswersOrFromOneMoment() {
    assertThat(throughput(4, NOON.minus(Duration.ofHours(2))).doneBy(NOON, 1)).isNull();
    assertThat(throughput(50, NOON).doneBy(NOON, 1)).isNull();
    assertThat(new Throughput(0, 0, 0, null, null, 0).doneBy(NOON, 1)).isNull();
  }

  @Test
  void countsAnImageOnceHoweverOftenItIsAnsweredAgain() {
    RoundId round = stores.campaign(Specs.of("pace").build(), List.of("a", "b"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
    for (String name : List.of("a", "b", "b")) {
      stores.answers.put(round, Answers.corrected(image(name)), Optional.empty());
    }
    ThroughputRepository repository = new ThroughputRepository(POSTGRES.database());

    Throughput today =
        repository.since(round.campaign(), Instant.now().minus(Duration.ofHours(24)));
    Throughput later = repository.since(round.campaign(), Instant.now().plusSeconds(60));

    assertThat(today.answers()).isEqualTo(2);
    assertThat(today.lastHour()).isEqualTo(2);
    assertThat(today.people()).isEqualTo(1);
    assertThat(today.secondsPerImage()).isEqualTo(12.5);
    assertThat(today.last()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    assertThat(later.answers()).isZero();
    assertThat(later.first()).isNull();
  }

  private static Throughput throughput(int answers, Instant first) {
    return new Throughput(answers, 1, answers, first, NOON, 10);
  }
}
