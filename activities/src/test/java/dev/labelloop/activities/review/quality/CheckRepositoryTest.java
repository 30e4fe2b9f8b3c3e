package dev.labelloop.activities.review.quality;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.quality.CheckRepository.Check;
import dev.labelloop.activities.review.quality.CheckRepository.Counts;
import dev.labelloop.activities.review.quality.CheckRepository.Decision;
import dev.labelloop.activities.review.quality.CheckRepository.Outcome;
import dev.labelloop.activities.selection.Pick;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class CheckRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final CheckRepository checks = new CheckRepository(POSTGRES.database());
  private CampaignSpec spec;
  private RoundId round;

  @BeforeEach
  void annaAnswersTwoImages(TestInfo test) {
    start(test, 1);
  }

  private void start(TestInfo test, double share) {
    String name = "c" + Integer.toUnsignedString((test.getDisplayName() + share).hashCode());
    spec = Specs.of(name).quality(new CampaignSpec.Quality(0.8, 0, 0, share, 0)).build();
    round = stores.campaign(spec, List.of("a", "b"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
    answer("a", 0);
    answer("b", 0);
  }

  private void answer(String name, int expected) {
    Answer answer =
        new Answer(
            image(name),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(box(expected, 0)),
            "anna",
            null,
            4,
            0,
            1);
    stores.answers.put(round, answer, Optional.of(expected));
  }

  private Optional<Check> next(String checker) {
    return checks.next(spec, checker);
  }

  private Outcome decide(Check check, String checker, Decision decision) {
    return checks.decide(check.batch().round(), check.image().id(), checker, decision);
  }

  private static Decision accepts() {
    return new Decision(UUID.randomUUID(), true, null, List.of(), 6.0);
  }

  private static Decision returns(Integer... wrong) {
    return new Decision(UUID.randomUUID(), false, "the box is too large", List.of(wrong), 6.0);
  }

  @Test
  void givesEachAnswerToOnePersonWhoIsNotItsOwn() {
    assertThat(next("anna")).isEmpty();

    Check first = next("ben").orElseThrow();
    Check second = next("cleo").orElseThrow();

    assertThat(first.image().id()).isEqualTo(image("a"));
    assertThat(first.reviewer()).isEqualTo("anna");
    assertThat(first.boxes()).containsExactly(box(0, 0));
    assertThat(first.random()).isTrue();
    assertThat(second.image().id()).isEqualTo(image("b"));
    assertThat(next("ben")).as("until he has decided").contains(first);
    assertThat(next("dora")).isEmpty();
  }

  @Test
  void storesThatAnAnswerIsAccepted() {
    Check check = next("ben").orElseThrow();
    Decision accepted = accepts();

    assertThat(decide(check, "ben", accepted)).isEqualTo(Outcome.STORED);
    assertThat(decide(check, "ben", accepted)).isEqualTo(Outcome.REPEATED);

    assertThat(checks.counts(spec.name())).isEqualTo(Map.of("anna", new Counts(1, 0)));
    assertThat(stores.answers.settling(round.batch(0), image("a"))).isPresent();
    assertThat(next("ben").orElseThrow().image().id()).isEqualTo(image("b"));
  }

  @Test
  void refusesWhatIsNotHeldOrNotThere() {
    Check check = next("ben").orElseThrow();
    Decision accepted = accepts();

    assertThat(decide(check, "cleo", accepted)).isEqualTo(Outcome.NOT_HELD);
    assertThat(decide(check, "ben", returns(1))).isEqualTo(Outcome.NO_SUCH_BOX);
    answer("a", 1);
    assertThat(decide(check, "ben", accepted)).isEqualTo(Outcome.CHANGED);
    Check other = next("ben").orElseThrow();
    decide(other, "ben", accepted);
    assertThat(decide(next("ben").orElseThrow(), "ben", accepted)).isEqualTo(Outcome.REUSED);
  }

  @Test
  void sendsAnImageBackToItsReviewerBeforeAllOthers() {
    Check check = next("ben").orElseThrow();

    assertThat(decide(check, "ben", returns(0))).isEqualTo(Outcome.REOPENED);

    assertThat(stores.answers.settling(round.batch(0), image("a"))).isEmpty();
    assertThat(stores.labels.poolAnnotations(spec.name())).containsOnlyKeys(image("b"));
    var back =
        new LeaseRepository(POSTGRES.database()).next(spec.name(), "anna", List.of(), 1).get(0);
    assertThat(back.image()).isEqualTo(image("a"));
    assertThat(stores.answers.own(round, image("a"), "anna").seat().returned().comment())
        .isEqualTo("the box is too large");

    answer("a", 1);
    Check again = next("ben").orElseThrow();
    assertThat(again.version()).isEqualTo(2);
    assertThat(again.random()).as("it was sent back before").isFalse();
  }

  @Test
  void asksTheNextRoundAboutWhatCameBackTooLate() {
    Check check = next("ben").orElseThrow();
    stores.answers.close(round.batch(0));

    assertThat(decide(check, "ben", returns(0))).isEqualTo(Outcome.STORED);

    assertThat(stores.answers.settling(round.batch(0), image("a"))).as("it stands").isPresent();
    RoundId second = new RoundId(spec.name(), 2);
    assertThat(stores.rechecks.doubted(round, 9)).isEmpty();
    assertThat(stores.rechecks.doubted(second, 9))
        .containsExactly(Pick.whole(image("a"), "label in doubt: sent back"));
    stores.ask(second, Purpose.RECHECK, 50, "a");
    assertThat(stores.rechecks.doubted(new RoundId(spec.name(), 3), 9)).isEmpty();
  }

  @Test
  void looksAtWhatAnOperatorAsksForAndElseAtNothingThatWasNotDrawn(TestInfo test) {
    start(test, 0);
    assertThat(next("ben")).isEmpty();

    assertThat(checks.request(spec.name(), "anna", 1, "olga")).isEqualTo(1);
    assertThat(checks.request(spec.name(), "ben", 9, "olga")).isZero();

    Check check = next("ben").orElseThrow();
    assertThat(check.random()).isFalse();
    assertThat(decide(check, "ben", accepts())).isEqualTo(Outcome.STORED);
    assertThat(next("ben")).isEmpty();
  }
}
