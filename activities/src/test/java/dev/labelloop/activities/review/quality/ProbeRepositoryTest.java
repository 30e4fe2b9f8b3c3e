package dev.labelloop.activities.review.quality;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProbeRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final String ANNA = "anna";
  private static final LabelledBox CAR = box(0, 0);
  private static final LabelledBox BUS = box(30, 1);

  private final Stores stores = new Stores(POSTGRES.database());
  private final ProbeDrawRepository draws = new ProbeDrawRepository(POSTGRES.database());
  private final ProbeRepository probes = new ProbeRepository(POSTGRES.database());
  private final StandingRepository standings = new StandingRepository(POSTGRES.database());
  private RoundId round;
  private CampaignSpec spec;

  /** Everything is a probe, as far as there are any: 40 images of the holdout, all with truth. */
  @BeforeEach
  void askAboutTwoImages(TestInfo test) {
    spec = spec(test, 1, 0.6);
    Map<String, List<LabelledBox>> truth = new TreeMap<>();
    IntStream.range(0, 40).forEach(i -> truth.put("known" + i, List.of(CAR, BUS)));
    round = stores.campaign(spec, List.of("a", "b"), List.copyOf(truth.keySet()), truth);
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
  }

  private static CampaignSpec spec(TestInfo test, double share, double bar) {
    String name = "c" + Integer.toUnsignedString(test.getDisplayName().hashCode());
    return Specs.of(name).quality(new CampaignSpec.Quality(0.8, share, 0, 0, bar)).build();
  }

  private BatchId batch() {
    return round.batch(0);
  }

  private List<ImageId> due(int count, ImageId... holds) {
    return draws.due(spec, ANNA, List.of(holds), count).stream().map(Leased::image).toList();
  }

  private Probe probe(ImageId image) {
    return probes.find(batch(), image, ANNA).orElseThrow();
  }

  private Put answer(ImageId image, int expected, LabelledBox... boxes) {
    return put(image, UUID.randomUUID(), expected, ReviewOutcome.CORRECTED, List.of(boxes));
  }

  private Put put(
      ImageId image,
      UUID submission,
      int expected,
      ReviewOutcome outcome,
      List<LabelledBox> boxes) {
    Answer answer = new Answer(image, submission, outcome, boxes, ANNA, null, 4, 0, boxes.size());
    return probes.put(
        batch(), new Submission(answer, null, ANNA, expected), spec.review().quality().bar());
  }

  /** The person answers an image of a batch, so that the next draw comes. */
  private void answerImage(String name) {
    Answer answer =
        new Answer(
            image(name),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(CAR),
            ANNA,
            null,
            4,
            0,
            1);
    assertThat(stores.answers.put(round, answer, Optional.of(0)).verdict())
        .isEqualTo(Verdict.STORED);
  }

  @Test
  void asksForWhatTheHoldoutsFileKnows() {
    ImageId image = due(1).get(0);

    Probe probe = probe(image);

    assertThat(stores.images.holdout(spec.name())).extracting("id").contains(image);
    assertThat(probe.truth()).containsExactly(CAR, BUS);
    assertThat(probe.own(ANNA).seat().lease()).isNotNull();
    assertThat(probe.item(CampaignSpec.Asking.IMAGES).purpose()).isEqualTo(Purpose.ACTIVE);
    assertThat(probes.find(batch(), image, "ben")).isEmpty();
  }

  @Test
  void givesTheSameUntilItIsAnswered() {
    List<ImageId> first = due(1);

    assertThat(due(1)).isEqualTo(first);
    assertThat(due(1, first.get(0))).as("one draw for each image").isEmpty();
    answer(first.get(0), 0, CAR, BUS);
    assertThat(due(1)).as("no image was answered in between").isEmpty();
    answerImage("a");
    assertThat(due(1)).hasSize(1).isNotEqualTo(first);
  }

  @Test
  void neverAsksAPersonTwiceForTheSame() {
    Set<ImageId> seen = new HashSet<>();
    for (int place = 0; place < 45; place++) {
      for (ImageId image : draw(place)) {
        assertThat(seen.add(image)).as(image.value()).isTrue();
        answer(image, 0, CAR, BUS);
      }
    }

    assertThat(seen).as("all that are known, and then none").hasSize(40);
  }

  @Test
  void asksForAboutAsManyAsItShould() {
    int[] counts = new int[2];
    CampaignSpec share = Specs.of("share").quality(quality(0.2)).build();
    for (int place = 0; place < 5_000; place++) {
      counts[0] += Slices.isProbed(share, ANNA, place) ? 1 : 0;
      counts[1] += Slices.isBlindProbe(share, ANNA, place) ? 1 : 0;
    }

    // Of all that people see a fifth: one for four images of batches
    assertThat(counts[0] / (5_000.0 + counts[0])).isCloseTo(0.2, within(0.01));
    assertThat(counts[1] / 5_000.0).isCloseTo(0.5, within(0.02));
  }

  private static CampaignSpec.Quality quality(double probes) {
    return new CampaignSpec.Quality(0.8, probes, 0, 0, 0.6);
  }

  @Test
  void asksForNothingWhereNothingIsOpenOrKnown() {
    stores.answers.close(batch());
    assertThat(due(4)).isEmpty();

    CampaignSpec bare = Specs.of("bare").quality(quality(1)).build();
    RoundId other = stores.campaign(bare, List.of("x"), List.of("y"));
    stores.ask(other, Purpose.ACTIVE, 50, "x");
    assertThat(draws.due(bare, ANNA, List.of(), 4)).isEmpty();
  }

  @Test
  void comesAgainInAnOpenBatchWhenItsOwnHasClosed() {
    ImageId image = due(1).get(0);
    stores.answers.close(batch());
    assertThat(answer(image, 0, CAR).verdict()).isEqualTo(Verdict.CLOSED);
    RoundId next = new RoundId(spec.name(), 2);
    stores.ask(next, Purpose.ACTIVE, 50, "a");

    Leased again = draws.due(spec, ANNA, List.of(), 1).get(0);

    assertThat(again.image()).isEqualTo(image);
    assertThat(again.batch()).isEqualTo(next.batch(0));
  }

  @Test
  void countsNoMoreThanCanCome() {
    assertThat(draws.ahead(spec, ANNA, 100)).as("40 are known").isEqualTo(40);
    assertThat(draws.ahead(spec, ANNA, 2)).as("two images, each with one before it").isEqualTo(2);

    ImageId image = due(1).get(0);
    assertThat(draws.ahead(spec, ANNA, 100)).as("one of them is drawn").isEqualTo(40);
    answer(image, 0, CAR, BUS);
    assertThat(draws.ahead(spec, ANNA, 100)).isEqualTo(39);
    answerImage("a");
    assertThat(draws.ahead(spec, ANNA, 99)).isEqualTo(39);

    stores.answers.close(batch());
    assertThat(draws.ahead(spec, ANNA, 99)).as("nothing is open").isZero();
  }

  @Test
  void countsNoneWhereNothingIsKnown() {
    CampaignSpec bare = Specs.of("unknown").quality(quality(1)).build();
    RoundId other = stores.campaign(bare, List.of("x"), List.of("y"));
    stores.ask(other, Purpose.ACTIVE, 50, "x");

    assertThat(draws.ahead(bare, ANNA, 9)).isZero();
  }

  @Test
  void storesHowGoodTheAnswerIsAndNoLabel() {
    var labels = rows("annotation");
    ImageId image = due(1).get(0);

    assertThat(answer(image, 0, CAR, box(60, 0))).isEqualTo(new Put(Verdict.STORED, 1));

    // one of two found, one said that is not there: 2 * 1 / (2 + 2)
    assertThat(standings.scores(spec.name())).isEqualTo(Map.of(ANNA, List.of(0.5)));
    assertThat(rows("annotation")).isEqualTo(labels);
    assertThat(rows("review_answer")).isEmpty();
    assertThat(rows("review_outbox")).isEmpty();
    assertThat(stores.batches.progress(round).answered()).isZero();
    assertThat(probe(image).answer().boxes()).containsExactly(CAR, box(60, 0));
  }

  @Test
  void keepsTheRulesOfAnyOtherAnswer() {
    ImageId image = due(1).get(0);
    UUID submission = UUID.randomUUID();
    List<LabelledBox> boxes = List.of(CAR);
    put(image, submission, 0, ReviewOutcome.CORRECTED, boxes);
    var before = POSTGRES.rows();

    assertThat(put(image, submission, 0, ReviewOutcome.CORRECTED, boxes))
        .isEqualTo(new Put(Verdict.REPEATED, 1));
    assertThat(answer(image, 0, BUS)).isEqualTo(new Put(Verdict.CONFLICT, 1));
    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(answer(image, 1, CAR, BUS)).isEqualTo(new Put(Verdict.STORED, 2));
    assertThat(standings.scores(spec.name())).isEqualTo(Map.of(ANNA, List.of(1.0)));
    assertThat(answer(image("a"), 0, CAR).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void doesNotScoreWhoSkips() {
    put(due(1).get(0), UUID.randomUUID(), 0, ReviewOutcome.SKIPPED, List.of());

    assertThat(standings.scores(spec.name())).isEmpty();
    assertThat(rows("probe_answer")).hasSize(1);
  }

  @Test
  void countsWrongProposalsThatThePersonAccepts() {
    Probe probe =
        new Probe(
            batch(),
            new StoredImage(image("k"), "k", 100, 50),
            false,
            List.of(CAR),
            List.of(found(0, 0, 0.9), found(30, 0, 0.8), found(60, 0, 0.7), found(80, 0, 0.1)),
            new Lease(UUID.randomUUID(), Instant.EPOCH),
            0,
            null);

    // of those shown, the cars at 30 and 60 are no objects; the person keeps the first of them
    assertThat(probe.score(List.of(CAR, box(30, 0)))).isEqualTo(new Probe.Score(2 / 3.0, 2, 1));
  }

  @Test
  void pausesWhoIsSurelyBelowTheBarAndCountsAnewAfterwards() {
    fail(15);

    StandingRepository.Standing paused = standings.of(spec.name(), ANNA).orElseThrow();
    assertThat(paused.paused()).isTrue();
    assertThat(paused.by()).isNull();
    assertThat(paused.reason()).contains("images with a known answer is 0.00, surely below 0.60");
    assertThat(rows("audit_entry")).anyMatch(row -> row.contains("person.pause"));

    assertThat(standings.set(spec.name(), ANNA, false, "talked about it", "olga")).isTrue();
    assertThat(standings.set(spec.name(), ANNA, false, "talked about it", "olga")).isFalse();
    assertThat(standings.scores(spec.name())).isEmpty();
    assertThat(standings.of(spec.name(), ANNA).orElseThrow().paused()).isFalse();
  }

  /** Answers known images with nothing until the person is paused, this many at most. */
  private void fail(int most) {
    int answers = 0;
    for (int place = 0; place < most; place++) {
      for (ImageId image : draw(place)) {
        if (standings.of(spec.name(), ANNA).isPresent()) {
          assertThat(answers).isGreaterThanOrEqualTo(Bar.LEAST);
          return;
        }
        assertThat(answer(image, 0).verdict()).isEqualTo(Verdict.STORED);
        answers++;
      }
    }
  }

  /** As if the person held as many images of batches. */
  private List<ImageId> draw(int held) {
    ImageId[] holds =
        IntStream.range(0, held).mapToObj(i -> image("held" + i)).toArray(ImageId[]::new);
    return due(1, holds);
  }

  @Test
  void takesWhatPeopleAgreedOnForKnownToOthers() {
    CampaignSpec two = Specs.of("two" + spec.name()).overlap(2).quality(quality(1)).build();
    RoundId first = stores.campaign(two, List.of("p", "q"), List.of());
    stores.ask(first, Purpose.ACTIVE, 1, "p", "q");
    stores.predict(first, Map.of("p", List.of(found(0, 0, 0.9))));
    for (String person : List.of("ben", "cleo")) {
      Answer answer =
          new Answer(
              image("p"),
              UUID.randomUUID(),
              ReviewOutcome.CORRECTED,
              List.of(CAR),
              person,
              null,
              4,
              0,
              1);
      stores.answers.put(first, answer, Optional.of(0));
    }
    assertThat(draws.due(two, ANNA, List.of(), 4)).as("still open").isEmpty();
    stores.answers.close(first.batch(0));

    assertThat(draws.due(two, "ben", List.of(), 4)).as("ben has seen it").isEmpty();
    assertThat(draws.ahead(two, "ben", 9)).as("ben has seen it").isZero();
    assertThat(draws.ahead(two, ANNA, 9)).isEqualTo(1);
    Leased known = draws.due(two, ANNA, List.of(), 1).get(0);
    assertThat(known.image()).isEqualTo(image("p"));
    assertThat(known.batch()).isEqualTo(first.batch(1));
    Probe probe = probes.find(first.batch(1), image("p"), ANNA).orElseThrow();
    assertThat(probe.truth()).containsExactly(CAR);
    assertThat(probe.proposals()).hasSize(1);
  }

  private List<String> rows(String table) {
    return POSTGRES.rows().stream()
        .filter(row -> row.startsWith(table + " ") && row.contains(spec.name().value()))
        .toList();
  }
}
