package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WaitingRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final WaitingRepository waiting = new WaitingRepository(POSTGRES.database());

  @Test
  void countsWhatIsShownOnImagesThatNobodyAnswered() {
    RoundId round =
        stores.campaign(
            Specs.of("street").build(), List.of("a", "b", "c", "d", "unasked"), List.of());
    stores.predict(
        round,
        Map.of(
            "a", List.of(found(0, 0, 0.9)),
            "b", List.of(found(0, 0, 0.9), found(20, 1, 0.3), found(40, 1, 0.1)),
            "c", List.of(found(0, 0, 0.9)),
            "unasked", List.of(found(0, 0, 0.9))));
    stores.ask(round, Purpose.ACTIVE, 3, "a", "b", "d", "c");

    stores.answers.put(round, Answers.corrected(image("a")), Optional.empty());
    // b has two boxes sure enough, d was not predicted, and c lies in the second batch.
    assertThat(waiting.waiting(round.campaign())).isEqualTo(new Waiting(3, 3, 0, 1));

    stores.answers.close(round.batch(1));
    assertThat(waiting.waiting(round.campaign())).isEqualTo(new Waiting(2, 2, 0, 1));
  }

  @Test
  void tellsWhatWaitsForADecisionFromWhatWaitsForPeople() {
    RoundId round =
        stores.campaign(Specs.of("split").overlap(2).build(), List.of("a", "b"), List.of());
    stores.predict(round, Map.of("a", List.of(found(0, 0, 0.9)), "b", List.of(found(0, 0, 0.9))));
    stores.ask(round, Purpose.ACTIVE, 2, "a", "b");

    answer(round, "a", "ben", box(0, 0));
    assertThat(waiting.waiting(round.campaign())).isEqualTo(new Waiting(2, 2, 0, 0));

    answer(round, "a", "cleo", box(50, 1));
    assertThat(waiting.waiting(round.campaign())).isEqualTo(new Waiting(1, 1, 1, 0));

    stores.answers.close(round.batch(0));
    assertThat(waiting.waiting(round.campaign())).isEqualTo(new Waiting(0, 0, 0, 0));
  }

  private void answer(RoundId round, String name, String person, LabelledBox box) {
    Answer answer =
        new Answer(
            image(name),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(box),
            person,
            null,
            4,
            0,
            1);
    stores.answers.put(round, answer, Optional.of(0));
  }

  @Test
  void nothingWaitsInACampaignThatIsNotKnown() {
    assertThat(waiting.waiting(new CampaignName("nobody"))).isEqualTo(new Waiting(0, 0, 0, 0));
  }
}
