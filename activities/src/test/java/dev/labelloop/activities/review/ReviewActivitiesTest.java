package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.AnswerRepository.Stored;
import dev.labelloop.activities.review.page.PageReviewTool;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.Purpose;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The campaign's own look at what people have answered in the page: no word reached it. */
class ReviewActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private final ReviewActivities review = activities();

  private ReviewActivities activities() {
    temporal.registerActivitiesImplementations(
        new ReviewActivitiesImpl(
            stores.campaigns,
            stores.contents,
            stores.batches,
            stores.answers,
            spec -> Optional.of(new PageReviewTool(stores.answers)),
            new ReminderPost(name -> null)));
    return temporal.newActivityStub(ReviewActivities.class);
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void closesWhatIsAnsweredThoughNobodySaidSo() {
    RoundId round = asked("unsaid", 1);
    say(round, "a", "ann", box(0, 0));
    assertThat(review.collectReview(round)).isEqualTo(new ReviewProgress(1, 1, 2, 1));

    say(round, "b", "ben", box(0, 0));

    assertThat(review.collectReview(round)).isEqualTo(new ReviewProgress(1, 0, 2, 2));
  }

  @Test
  void waitsAsLongAsPeopleDisagree() {
    RoundId round = asked("split", 2);
    say(round, "a", "ann", box(0, 0));
    say(round, "a", "ben", box(0, 0));
    say(round, "b", "ann", box(0, 0));
    say(round, "b", "ben", box(50, 0));
    assertThat(review.collectReview(round)).isEqualTo(new ReviewProgress(1, 1, 2, 1));

    stores.answers.decide(
        round, Answers.answer(image("b"), UUID.randomUUID(), ReviewOutcome.CORRECTED, List.of()));

    assertThat(review.collectReview(round)).isEqualTo(new ReviewProgress(1, 0, 2, 2));
    assertThat(stores.labels.poolAnnotations(round.campaign()))
        .containsEntry(image("a"), List.of(box(0, 0)))
        .containsEntry(image("b"), List.of());
  }

  @Test
  void atTheDeadlineTheBestOfWhatIsThereStands() {
    RoundId round = asked("deadline", 3);
    say(round, "a", "ann", box(0, 0));
    say(round, "a", "ben", box(50, 0));
    say(round, "a", "cleo", box(50, 0));

    assertThat(review.closeReview(round)).isEqualTo(new ReviewProgress(1, 0, 2, 1));

    assertThat(stores.answers.settling(round.batch(0)))
        .extracting(Stored::answer)
        .extracting(Answer::reviewer)
        .containsExactly("ben"); // b has no answer
    assertThat(stores.labels.poolAnnotations(round.campaign()))
        .containsOnlyKeys(image("a"))
        .containsEntry(image("a"), List.of(box(50, 0)));
  }

  private RoundId asked(String name, int overlap) {
    RoundId round =
        stores.campaign(Specs.of(name).overlap(overlap).build(), List.of("a", "b"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
    return round;
  }

  private void say(RoundId round, String name, String person, LabelledBox box) {
    Answer answer =
        new Answer(
            image(name),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(box),
            person,
            null,
            1,
            0,
            1);
    stores.answers.put(round, answer, Optional.of(0));
  }
}
