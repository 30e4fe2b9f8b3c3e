package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Stored;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnswerRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final ImageId a = image("a");
  private RoundId round = new RoundId(new CampaignName("none"), 1);

  @BeforeEach
  void askAboutTwoImages(TestInfo test) {
    String name = "c" + Integer.toUnsignedString(test.getDisplayName().hashCode());
    round = stores.campaign(Specs.of(name).build(), List.of("a", "b", "unasked"), List.of());
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
  }

  @Test
  void storesAnAnswerAndTheAnnotationItMakes() {
    Answer answer = Answers.corrected(a, box(1, 0), box(30, 1));

    assertThat(put(answer)).isEqualTo(new Put(Verdict.STORED, 1));

    assertThat(stores.answers.settling(round.batch(0), a)).contains(new Stored(1, answer));
    assertThat(labels()).isEqualTo(Map.of(a, answer.boxes()));
  }

  @Test
  void takesAnEmptyImageForAnAnswer() {
    put(Answers.corrected(a, new LabelledBox[0]));

    assertThat(labels()).isEqualTo(Map.of(a, List.of()));
  }

  @Test
  void storesTheSameSubmissionOnce() {
    Answer answer = Answers.corrected(a);
    put(answer);
    var before = POSTGRES.rows();

    assertThat(put(answer)).isEqualTo(new Put(Verdict.REPEATED, 1));
    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void refusesTheSubmissionIdOfAnotherImage() {
    Answer answer = Answers.corrected(a);
    put(answer);
    Answer other =
        Answers.answer(
            image("b"), answer.submissionId(), ReviewOutcome.CORRECTED, List.of(box(1, 1)));

    assertThat(put(other)).isEqualTo(new Put(Verdict.REUSED, 0));
    assertThat(labels()).containsOnlyKeys(a);
  }

  @Test
  void tellsThatAnotherAnswerCameInBetween() {
    put(Answers.corrected(a));

    assertThat(stores.answers.put(round, Answers.corrected(a, box(5, 1)), Optional.of(0)))
        .isEqualTo(new Put(Verdict.CONFLICT, 1));

    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(0, 0))));
  }

  @Test
  void storesOneOfTwoAnswersThatComeTogether() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService people = Executors.newFixedThreadPool(2);
    List<Verdict> verdicts = new ArrayList<>();
    try {
      List<Future<Put>> answers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Answer answer = Answers.corrected(a, box(i, i));
        answers.add(
            people.submit(
                () -> {
                  start.await();
                  return stores.answers.put(round, answer, Optional.of(0));
                }));
      }
      for (Future<Put> answer : answers) {
        verdicts.add(answer.get().verdict());
      }
    } finally {
      people.shutdown();
    }

    assertThat(verdicts).containsExactlyInAnyOrder(Verdict.STORED, Verdict.CONFLICT);
  }

  @Test
  void correctsAnAnswerAndKeepsTheFormer() {
    put(Answers.corrected(a));

    assertThat(put(Answers.corrected(a, box(7, 1)))).isEqualTo(new Put(Verdict.STORED, 2));

    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(7, 1))));
    assertThat(rowsOf("review_answer")).hasSize(2);
    assertThat(rowsOf("annotation")).hasSize(2);
  }

  @Test
  void takesTheLabelBackWhenThePersonSkipsAfterAll() {
    put(Answers.corrected(a));

    put(Answers.skipped(a));
    assertThat(labels()).isEmpty();
    assertThat(stores.images.unlabelledPool(round.campaign())).extracting("id").contains(a);

    put(Answers.skipped(a)); // nothing left to take back
    put(Answers.corrected(a, box(8, 0)));
    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(8, 0))));
  }

  @Test
  void keepsTheLabelOfAnEarlierRoundWhenThePersonSkips() {
    put(Answers.corrected(a));
    var before = rowsOf("annotation");
    askAgain();

    put(Answers.skipped(a));

    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(0, 0))));
    assertThat(rowsOf("annotation")).isEqualTo(before);
  }

  @Test
  void goesBackToTheLabelOfAnEarlierRoundWhenThePersonSkipsAfterAll() {
    put(Answers.corrected(a));
    askAgain();
    put(Answers.corrected(a, box(7, 1)));

    put(Answers.skipped(a));
    put(Answers.skipped(a)); // nothing left to take back

    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(0, 0))));
    assertThat(rowsOf("annotation")).hasSize(3);
    assertThat(
            new ItemRepository(POSTGRES.database()).find(round.batch(0), a).orElseThrow().before())
        .isEqualTo(new LabelBefore(List.of(box(0, 0)), List.of(), List.of()));
    put(Answers.corrected(a, box(8, 0)));
    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(8, 0))));
  }

  /** In the next round. */
  private void askAgain() {
    round = new RoundId(round.campaign(), round.number() + 1);
    stores.ask(round, Purpose.RECHECK, 50, "a");
  }

  @Test
  void takesNoAnswerOnceTheBatchIsClosed() {
    Answer answer = Answers.corrected(a);
    put(answer);
    stores.answers.close(round.batch(0));

    assertThat(put(Answers.corrected(a, box(9, 0)))).isEqualTo(new Put(Verdict.CLOSED, 1));
    assertThat(put(Answers.corrected(image("b")))).isEqualTo(new Put(Verdict.CLOSED, 0));
    assertThat(put(answer)).as("what is stored").isEqualTo(new Put(Verdict.REPEATED, 1));
    assertThat(labels()).isEqualTo(Map.of(a, List.of(box(0, 0))));
  }

  @Test
  void takesNoAnswerToWhatWasNotAsked() {
    assertThat(put(Answers.corrected(image("unasked")))).isEqualTo(new Put(Verdict.UNKNOWN, 0));
    assertThat(labels()).isEmpty();
  }

  private Put put(Answer answer) {
    return stores.answers.put(round, answer, Optional.empty());
  }

  private Map<ImageId, List<LabelledBox>> labels() {
    return stores.labels.poolAnnotations(round.campaign());
  }

  private List<String> rowsOf(String table) {
    return POSTGRES.rows().stream()
        .filter(row -> row.startsWith(table + " (" + round.campaign()))
        .toList();
  }
}
