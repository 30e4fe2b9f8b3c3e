package dev.labelloop.activities.jdbc;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Stores;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.evaluation.dashboard.Gallery;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory;
import dev.labelloop.activities.evaluation.dashboard.Reading;
import dev.labelloop.activities.evaluation.dashboard.Source;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.Waiting;
import dev.labelloop.activities.review.quality.CheckRepository;
import dev.labelloop.activities.review.quality.Quality;
import dev.labelloop.activities.review.quality.QualityReport;
import dev.labelloop.activities.review.quality.StandingRepository;
import dev.labelloop.activities.review.quality.WorkRepository;
import dev.labelloop.activities.review.quality.WorkRepository.Worked;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that an earlier version left, in the middle of a review, goes on under this one. */
class OldDatabaseTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final CampaignName OLD = new CampaignName("old");
  private static final LabelledBox CAR = box(0, 0);
  private static final LabelledBox BUS = box(30, 1);

  /** Under which the newest answer to a was sent. */
  private static final UUID A2 = UUID.fromString("693a9fdd-4c2f-d070-0968-fba0d07ff3c0");

  private final RoundId round = new RoundId(OLD, 1);
  private Database database;
  private Stores stores;

  @BeforeEach
  void migrateWhatIsOld() throws Exception {
    String url = POSTGRES.empty();
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target("15")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        InputStream rows = OldDatabaseTest.class.getResourceAsStream("/db/old/V015.sql")) {
      statement.execute(
          new String(Objects.requireNonNull(rows).readAllBytes(), StandardCharsets.UTF_8));
    }
    database = new Database(url);
    stores = new Stores(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestAnswersStandAndTheRestWaits() {
    LeaseRepository leases = new LeaseRepository(database);

    assertThat(stores.answers.settling(round.batch(0)))
        .extracting(stored -> stored.answer().image() + " " + stored.version())
        .containsExactly(image("a") + " 2", image("b") + " 1");
    assertThat(stores.answers.settling(round.batch(1))).hasSize(1);
    assertThat(stores.labels.poolAnnotations(OLD))
        .isEqualTo(Map.of(image("a"), List.of(BUS), image("d"), List.of(CAR)));
    assertThat(stores.answers.isSettled(round.batch(0))).isFalse();
    assertThat(leases.left(OLD)).as("neither what is answered nor what is closed").isEqualTo(1);
    assertThat(leases.next(OLD, "cleo", List.of(), 4))
        .extracting(Leased::image)
        .containsExactly(image("c"));
  }

  @Test
  void theReviewGoesOnToItsEnd() {
    Answer resent = answer("ann", image("a"), A2, BUS);
    assertThat(put(resent, 1)).isEqualTo(new Put(Verdict.REPEATED, 2));
    assertThat(put(answer("ann", image("a"), UUID.randomUUID(), CAR), 2))
        .isEqualTo(new Put(Verdict.STORED, 3));
    assertThat(put(answer("cleo", image("c"), UUID.randomUUID(), CAR), 0))
        .isEqualTo(new Put(Verdict.STORED, 1));
    assertThat(put(answer("ben", image("e"), UUID.randomUUID(), CAR), 0))
        .isEqualTo(new Put(Verdict.CLOSED, 0));

    assertThat(stores.answers.isSettled(round.batch(0))).isTrue();
    assertThat(stores.batches.answered()).containsExactly(round.batch(0));
    stores.answers.close(round.batch(0));
    assertThat(stores.batches.open(OLD)).isEmpty();
    assertThat(stores.labels.poolAnnotations(OLD).get(image("a"))).containsExactly(CAR);
    assertThat(new LeaseRepository(database).left(OLD)).isZero();
  }

  @Test
  void peoplesWorkIsCounted() {
    CampaignSpec spec = stores.campaigns.spec(OLD);
    StandingRepository standings = new StandingRepository(database);

    QualityReport report =
        new Quality(new WorkRepository(database), standings, new CheckRepository(database))
            .report(spec);

    assertThat(spec.review().ask()).isEqualTo(CampaignSpec.Asking.IMAGES);
    assertThat(spec.review().quality()).isEqualTo(CampaignSpec.Quality.NONE);
    assertThat(report.people())
        .extracting(person -> person.name() + " " + person.answers())
        .containsExactly("ann 2", "ben 1");
    assertThat(report.settled()).isEqualTo(new WorkRepository.Settled(5, 3, 0));
    assertThat(report.worked().stream().mapToDouble(Worked::seconds).sum())
        .as("of untimed answers the newest counts: a, b and d")
        .isEqualTo(12);
  }

  @Test
  void theDashboardShowsIt() {
    CampaignSpec spec = stores.campaigns.spec(OLD);
    Reading reading = Reading.of(database);

    Gallery gallery =
        reading
            .gallery()
            .page(
                OLD,
                new Gallery.Wanted(null, Source.PERSON, null, null, null, null, false),
                Gallery.Order.ID,
                null,
                10);
    ImageHistory history = reading.histories().find(OLD, image("a")).orElseThrow();

    assertThat(gallery.tiles())
        .extracting(Gallery.Tile::image)
        .containsExactlyInAnyOrder(image("a"), image("d"));
    assertThat(history.answers()).hasSize(2);
    assertThat(history.annotations()).hasSize(2);
    assertThat(reading.waiting().waiting(OLD)).isEqualTo(new Waiting(1, 0, 0, 3));
    assertThat(reading.throughput().since(OLD, Instant.EPOCH).answers()).isEqualTo(3);
    assertThat(reading.classes().rows(OLD, spec.classes())).hasSize(2);
    assertThat(reading.lineage().models(OLD)).isEmpty();
    assertThat(reading.pseudoLabels().results(OLD)).isEmpty();
    assertThat(reading.intervals().missing(OLD)).isEmpty();
    assertThat(stores.reports.report(spec, stores.images.summary(OLD).orElseThrow()).rounds())
        .isEmpty();
  }

  @Test
  void accountsAreTheSame() {
    assertThat(new AccountRepository(database).find("ann").orElseThrow().role())
        .isEqualTo(Role.REVIEWER);
  }

  private Put put(Answer answer, int expected) {
    return stores.answers.put(round, new Submission(answer, null, answer.reviewer(), expected));
  }

  private static Answer answer(
      String reviewer, ImageId image, UUID submission, LabelledBox... boxes) {
    return new Answer(
        image, submission, ReviewOutcome.CORRECTED, List.of(boxes), reviewer, null, 4, 0, 1);
  }
}
