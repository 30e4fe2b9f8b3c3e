package dev.labelloop.activities.review.quality;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.Timing;
import dev.labelloop.activities.review.quality.QualityReport.Person;
import dev.labelloop.activities.review.quality.WorkRepository.Worked;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class QualityTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final LabelledBox CAR = box(0, 0);
  private static final LabelledBox BUS = box(30, 1);
  private static final LabelledBox OTHER = box(60, 0);

  private final Stores stores = new Stores(POSTGRES.database());
  private final WorkRepository work = new WorkRepository(POSTGRES.database());
  private final CheckRepository checks = new CheckRepository(POSTGRES.database());
  private final Quality quality =
      new Quality(work, new StandingRepository(POSTGRES.database()), checks);

  private static Specs specs(TestInfo test) {
    return Specs.of("c" + Integer.toUnsignedString(test.getDisplayName().hashCode()));
  }

  private void answer(
      RoundId round, String name, String person, int version, LabelledBox... boxes) {
    Answer answer =
        new Answer(
            image(name),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(boxes),
            person,
            null,
            10,
            0,
            boxes.length);
    Timing timing = new Timing(Instant.EPOCH, 900L, 10_000, 0, 0, List.of());
    Submission submission = new Submission(answer, timing, person, version);
    assertThat(stores.answers.put(round, submission).verdict()).isEqualTo(Verdict.STORED);
  }

  private static Person person(QualityReport report, String name) {
    return report.people().stream()
        .filter(person -> person.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comparesPeopleWhoAnsweredTheSameImages(TestInfo test) {
    CampaignSpec spec = specs(test).overlap(2).build();
    RoundId round = stores.campaign(spec, List.of("a", "b", "c"), List.of());
    stores.ask(round, Purpose.AUDIT, 50, "a", "b", "c");
    answer(round, "a", "anna", 0, CAR, BUS);
    answer(round, "a", "ben", 0, CAR, BUS);
    answer(round, "b", "anna", 0, CAR, BUS);
    answer(round, "b", "ben", 0, CAR);
    answer(round, "c", "anna", 0, CAR);

    QualityReport report = quality.report(spec);

    // F1 of a: 1, of b: 2 * 1 / (2 + 1); b does not reach 0.8 and waits for a decision
    assertThat(person(report, "anna").agreement().value()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(report.agreed().n()).isEqualTo(2);
    assertThat(report.settled().images()).isEqualTo(3);
    assertThat(report.settled().settled()).isEqualTo(1);
    assertThat(report.settled().waiting()).isEqualTo(1);
    // cars 2, buses 1, a bus that ben does not see: observed 3/4, chance (2*2 + 2*1) / 16
    assertThat(report.kappa()).hasValueCloseTo((12 - 6) / (16 - 6.0), within(1e-12));
    assertThat(person(report, "anna").answers()).isEqualTo(3);
    assertThat(person(report, "anna").boxes()).isEqualTo(5);
    assertThat(person(report, "ben").secondsPerImage()).isEqualTo(10);
  }

  @Test
  void booksAllTimeThatPeopleGive(TestInfo test) {
    CampaignSpec spec =
        specs(test).overlap(2).quality(new CampaignSpec.Quality(0.8, 0, 0, 1, 0)).build();
    RoundId round = stores.campaign(spec, List.of("a", "b"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
    answer(round, "a", "anna", 0, CAR);
    answer(round, "a", "anna", 1, CAR, BUS);
    answer(round, "a", "ben", 0, CAR, BUS);
    var check = checks.next(spec, "cleo").orElseThrow();
    checks.decide(
        round,
        check.image().id(),
        "cleo",
        new CheckRepository.Decision(UUID.randomUUID(), true, null, List.of(), 6.0));

    assertThat(quality.report(spec).worked())
        .containsExactly(
            new Worked(1, "anna", "ACTIVE", 20), // both versions: each was opened and timed
            new Worked(1, "ben", "OVERLAP", 10),
            new Worked(1, "cleo", "CHECK", 6));
  }

  @Test
  void countsUntimedVersionsOnce(TestInfo test) {
    CampaignSpec spec = specs(test).build();
    RoundId round = stores.campaign(spec, List.of("a"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a");
    for (int seconds : new int[] {10, 15}) {
      stores.answers.putAll(
          round,
          List.of(
              new Answer(
                  image("a"),
                  UUID.randomUUID(),
                  ReviewOutcome.CORRECTED,
                  List.of(CAR),
                  "anna",
                  null,
                  seconds,
                  0,
                  1)));
    }

    assertThat(quality.report(spec).worked()).containsExactly(new Worked(1, "anna", "ACTIVE", 15));
  }

  @Test
  void measuresHowFarProposalsPullPeople(TestInfo test) {
    CampaignSpec spec = specs(test).quality(new CampaignSpec.Quality(0.8, 0, 0.5, 0, 0)).build();
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "p" + i).toList();
    RoundId round = stores.campaign(spec, names, List.of());
    stores.ask(round, Purpose.ACTIVE, 50, names.toArray(String[]::new));
    Map<String, List<Detection>> seen = new TreeMap<>();
    names.forEach(name -> seen.put(name, List.of(found(0, 0, 0.9), found(60, 0, 0.5))));
    stores.predict(round, seen);
    List<Boolean> blind = new ArrayList<>();
    for (String name : names) {
      boolean hidden = Slices.isBlind(spec, round, image(name), Purpose.ACTIVE);
      var item = stores.contents.item(spec, round.batch(0), image(name)).orElseThrow();
      assertThat(item.proposals().isEmpty()).isEqualTo(hidden);
      blind.add(hidden);
      // who sees the second box lets it stand, who does not finds a car alone
      if (hidden) {
        answer(round, name, "anna", 0, CAR);
      } else {
        answer(round, name, "anna", 0, CAR, OTHER);
      }
    }

    Pull pull = quality.report(spec).pull();

    assertThat(pull.blindImages()).isEqualTo((int) blind.stream().filter(b -> b).count());
    assertThat(pull.blindImages()).isBetween(10, 30);
    assertThat(pull.shown()).isEqualTo(1);
    assertThat(pull.blind()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(pull.difference().orElseThrow().value()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void learnsWhatActsTakeAndWhatIsLeft(TestInfo test) {
    CampaignSpec spec = specs(test).build();
    List<String> names = IntStream.range(0, 30).mapToObj(i -> "t" + i).toList();
    RoundId round = stores.campaign(spec, names, List.of());
    stores.ask(round, Purpose.AUDIT, 50, names.toArray(String[]::new));
    names.stream().limit(20).forEach(name -> answer(round, name, "anna", 0, CAR));

    QualityReport report = quality.report(spec);

    // 20 images of 10 s with one drawn box, against 7.8 + 7.4 expected: scan and draw share the
    // difference of 5.2 s: with s = d = 20/60 of it less, each
    assertThat(report.timed()).isEqualTo(20);
    assertThat(report.time().scan()).isCloseTo(7.8 - 5.2 / 3, within(1e-6));
    assertThat(report.time().draw()).isCloseTo(7.4 - 5.2 / 3, within(1e-6));
    assertThat(report.time().verify()).isEqualTo(HumanTime.BASE.verify());
    assertThat(report.timeByClass()).containsOnlyKeys(0);
    // ten images, a scan and a drawn box each
    assertThat(report.forecast().images()).isEqualTo(10);
    assertThat(report.forecast().seconds()).isCloseTo(10 * (15.2 - 2 * 5.2 / 3), within(1e-6));
  }
}
