package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Stored;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.Seat.Returned;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random schedules of several people, held step by step against {@link ProtocolModel}: they lease,
 * beat, let leases run out, answer, answer late or anew, resend, skip, decide, send back, reassign
 * and close.
 */
class ProtocolTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final int STEPS = 150;
  private static final int IMAGES = 7;
  private static final int BATCH = 4;
  private static final List<String> PEOPLE = List.of("ann", "ben", "cleo", "dan");

  /** They have nothing in common. */
  private static final List<List<LabelledBox>> OPINIONS =
      List.of(List.of(box(0, 0)), List.of(box(50, 1)));

  private final Stores stores = new Stores(POSTGRES.database());
  private final HandClock clock = new HandClock();
  private final AnswerRepository answers = new AnswerRepository(POSTGRES.database(), clock);
  private final LeaseRepository leases = new LeaseRepository(POSTGRES.database(), clock);
  private final Map<String, List<Leased>> held = new HashMap<>();
  private final List<Answer> sent = new ArrayList<>();
  private RoundId round = new RoundId(new CampaignName("none"), 1);
  private ProtocolModel model = new ProtocolModel(1, BATCH, List.of());
  private Random random = new Random(0);

  static Stream<Arguments> schedules() {
    return IntStream.rangeClosed(1, 3)
        .boxed()
        .flatMap(overlap -> IntStream.range(0, 12).mapToObj(seed -> Arguments.of(overlap, seed)));
  }

  @ParameterizedTest(name = "{0} people an image, seed {1}")
  @MethodSource("schedules")
  void doesWhatTheModelDoes(int overlap, int seed) {
    begin(overlap, seed);

    for (int step = 0; step < STEPS; step++) {
      step();
      assertSame();
    }
    for (int batch = 0; batch < batches(); batch++) {
      close(batch);
    }

    assertSame();
    assertThat(leases.left(round.campaign())).isZero();
    assertThat(rows("review_seat")).allMatch(row -> row.contains(",t,")); // answered, or gone
  }

  private void begin(int overlap, int seed) {
    String[] names = IntStream.range(0, IMAGES).mapToObj(i -> "i" + i).toArray(String[]::new);
    round =
        stores.campaign(
            Specs.of("p" + overlap + "-" + seed).overlap(overlap).build(),
            List.of(names),
            List.of());
    stores.ask(round, Purpose.ACTIVE, BATCH, names);
    model =
        new ProtocolModel(overlap, BATCH, Stream.of(names).map(name -> image(name)).toList());
    random = new Random(1000L * overlap + seed);
  }

  private void step() {
    String person = one(PEOPLE);
    int dice = random.nextInt(100);
    if (dice < 25) {
      lease(person);
    } else if (dice < 33) {
      clock.turn(Duration.ofSeconds(random.nextInt(150)));
    } else if (dice < 42) {
      beat(person);
    } else if (dice < 46) {
      release(person);
    } else if (dice < 73) {
      answer(person);
    } else if (dice < 81) {
      resend();
    } else if (dice < 83) {
      decide();
    } else if (dice < 95) {
      giveBack(person);
    } else if (dice < 99) {
      reassign(person);
    } else {
      close(random.nextInt(batches()));
    }
  }

  private void lease(String person) {
    int count = 1 + random.nextInt(3);
    List<ImageId> holds =
        of(person).stream().map(Leased::image).filter(i -> random.nextBoolean()).toList();
    List<Leased> leased = leases.next(round.campaign(), person, holds, count);

    assertThat(leased.stream().map(l -> Map.entry(l.image(), l.seat())).toList())
        .isEqualTo(model.next(person, holds, count, clock.instant()));
    assertThat(leased)
        .allMatch(l -> l.lease().until().equals(clock.instant().plus(LeaseRepository.TERM)));
    of(person).addAll(leased);
  }

  private void beat(String person) {
    if (!of(person).isEmpty()) {
      Leased leased = one(of(person));
      boolean goesOn =
          leases.beat(leased.batch(), leased.image(), person, leased.lease().id()).isPresent();
      boolean mine = isMine(person, leased);

      assertThat(goesOn)
          .isEqualTo(mine && model.beat(leased.image(), person, clock.instant()));
    }
  }

  /** A seat that was lost and taken anew is another lease. */
  private boolean isMine(String person, Leased leased) {
    return of(person).stream()
        .filter(l -> l.image().equals(leased.image()))
        .reduce((a, b) -> b)
        .map(last -> last.lease().id().equals(leased.lease().id()))
        .orElse(false);
  }

  private void release(String person) {
    ImageId image = one(model.spots).image;
    leases.release(batchOf(image), image, person);
    model.release(image, person);
  }

  private void answer(String person) {
    ImageId image =
        of(person).isEmpty() || random.nextInt(4) == 0
            ? one(model.spots).image
            : one(of(person)).image();
    Answer answer = said(person, image);
    int seen = answers.own(round, image, person).version();
    int expected = random.nextInt(10) == 0 ? seen + 1 : seen;

    Put put = answers.put(round, new Submission(answer, null, person, expected));

    assertThat(put).isEqualTo(model.put(answer, expected, clock.instant()));
    assertThat(put.verdict() == Verdict.CONFLICT)
        .as("what a person is told to expect is right, unless the image is not theirs")
        .isEqualTo(
            expected != seen && put.verdict() != Verdict.CLOSED && put.verdict() != Verdict.TAKEN);
    sent.add(answer);
  }

  private Answer said(String person, ImageId image) {
    boolean skips = random.nextInt(6) == 0;
    return new Answer(
        image,
        UUID.randomUUID(),
        skips ? ReviewOutcome.SKIPPED : ReviewOutcome.CORRECTED,
        skips ? List.of() : one(OPINIONS),
        person,
        null,
        1,
        0,
        1);
  }

  private void resend() {
    if (!sent.isEmpty()) {
      Answer answer = one(sent);
      int expected = random.nextInt(3);

      assertThat(answers.put(round, new Submission(answer, null, answer.reviewer(), expected)))
          .isEqualTo(model.put(answer, expected, clock.instant()));
    }
  }

  private void decide() {
    Answer answer = said("boss", one(model.spots).image);

    assertThat(answers.decide(round, answer)).isEqualTo(model.decide(answer));
  }

  private void giveBack(String person) {
    List<ProtocolModel.Spot> done =
        model.spots.stream()
            .filter(s -> s.chairOf(person).filter(c -> c.getValue().answered).isPresent())
            .toList();
    ImageId image = one(done.isEmpty() ? model.spots : done).image;
    boolean sent =
        POSTGRES
            .database()
            .inTransaction(
                handle ->
                    SeatRepository.giveBack(
                        handle, round, image, person, new Returned("boss", "look again")));

    assertThat(sent).isEqualTo(model.giveBack(image, person));
  }

  private void reassign(String person) {
    int batch = random.nextInt(batches());
    assertThat(leases.reassign(round.batch(batch), person))
        .isEqualTo(model.reassign(batch, person));
  }

  private void close(int batch) {
    answers.close(round.batch(batch));
    model.close(batch);
  }

  private void assertSame() {
    assertThat(leases.left(round.campaign())).as("left").isEqualTo((int) model.left());
    for (int batch = 0; batch < batches(); batch++) {
      assertThat(answers.isSettled(round.batch(batch))).isEqualTo(model.isSettled(batch));
      int b = batch;
      assertThat(answers.settling(round.batch(batch)).stream().map(Stored::answer).toList())
          .isEqualTo(
              model.spots.stream()
                  .filter(spot -> spot.batch() == b && spot.settled != null)
                  .map(spot -> spot.settled)
                  .toList());
    }
    assertThat(stores.labels.poolAnnotations(round.campaign())).isEqualTo(model.labels());
    assertThat(versions()).as("nothing accepted is lost or doubled").isEqualTo(modelVersions());
    assertThat(rows("review_outbox").size())
        .as("a word for each answer that settled an image, none without")
        .isBetween(settledNow(), model.submissions.size());
  }

  private int settledNow() {
    return (int)
        model.spots.stream().filter(s -> s.settled != null && s.isOpen()).count();
  }

  /** Submission ids by image, seat and version. */
  private Map<String, UUID> versions() {
    Map<String, UUID> versions = new HashMap<>();
    POSTGRES
        .database()
        .useTransaction(
            handle ->
                handle
                    .createQuery(
                        "select encode(image_id, 'hex') || ' ' || seat || ' ' || version as place,"
                            + " submission_id from review_answer where campaign = :campaign")
                    .bind("campaign", round.campaign().value())
                    .map(
                        (row, context) ->
                            Map.entry(
                                row.getString("place"),
                                row.getObject("submission_id", UUID.class)))
                    .forEach(entry -> versions.put(entry.getKey(), entry.getValue())));
    return versions;
  }

  private Map<String, UUID> modelVersions() {
    Map<String, UUID> versions = new HashMap<>();
    model.spots.forEach(
        spot ->
            spot.said.forEach(
                (seat, all) ->
                    all.forEach(
                        one ->
                            versions.put(
                                spot.image + " " + seat + " " + one.version(),
                                one.answer().submissionId()))));
    return versions;
  }

  private List<String> rows(String table) {
    return POSTGRES.rows().stream()
        .filter(row -> row.startsWith(table + " ") && row.contains(round.campaign() + ","))
        .toList();
  }

  private List<Leased> of(String person) {
    return held.computeIfAbsent(person, p -> new ArrayList<>());
  }

  private BatchId batchOf(ImageId image) {
    return round.batch(model.spot(image).batch());
  }

  private static int batches() {
    return (IMAGES + BATCH - 1) / BATCH;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
