package dev.labelloop.activities.review;

import static dev.labelloop.activities.Stores.box;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several people at once, on one batch. */
class LeaseRaceTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final int PEOPLE = 8;
  private static final int IMAGES = 40;

  private final Stores stores = new Stores(POSTGRES.database());
  private final LeaseRepository leases = new LeaseRepository(POSTGRES.database());

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void givesEachSeatToOnePersonAndStoresEveryAnswerOnce(int overlap) throws Exception {
    String[] names = IntStream.range(0, IMAGES).mapToObj(i -> "i" + i).toArray(String[]::new);
    RoundId round =
        stores.campaign(
            Specs.of("race" + overlap).overlap(overlap).build(), List.of(names), List.of());
    stores.ask(round, Purpose.ACTIVE, IMAGES, names);

    List<Put> puts = everybody(round);

    assertThat(puts).hasSize(IMAGES * overlap);
    assertThat(puts).containsOnly(new Put(Verdict.STORED, 1));
    assertThat(leases.left(round.campaign())).isZero();
    assertThat(stores.answers.isSettled(round.batch(0))).isTrue();
  }

  /** All begin at once, and go on until nothing is left for them. */
  private List<Put> everybody(RoundId round) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PEOPLE);
    ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    try {
      List<Future<List<Put>>> people = new ArrayList<>();
      for (int p = 0; p < PEOPLE; p++) {
        String person = "person" + p;
        people.add(
            threads.submit(
                () -> {
                  start.await();
                  return untilNothingIsLeft(round, person);
                }));
      }
      List<Put> puts = new ArrayList<>();
      for (Future<List<Put>> person : people) {
        puts.addAll(person.get());
      }
      return puts;
    } finally {
      threads.shutdown();
    }
  }

  private List<Put> untilNothingIsLeft(RoundId round, String person) {
    List<Put> puts = new ArrayList<>();
    List<Leased> leased;
    do {
      leased = leases.next(round.campaign(), person, List.of(), 2);
      for (Leased one : leased) {
        Answer answer =
            new Answer(
                one.image(),
                UUID.randomUUID(),
                ReviewOutcome.CORRECTED,
                List.of(box(0, 0)),
                person,
                null,
                1,
                0,
                1);
        puts.add(stores.answers.put(round, new Submission(answer, null, person, 0)));
      }
    } while (!leased.isEmpty());
    return puts;
  }
}
