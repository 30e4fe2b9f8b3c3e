package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.SeatRepository.Place;
import dev.labelloop.activities.review.Settlement.By;
import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** People's answers. */
public final class AnswerRepository {
  private static final String REPEAT =
      """
      select version, round = :round and image_id = :image as same from review_answer
      where campaign = :campaign and submission_id = :submission
      """;

  private static final String VERSION =
      """
      select coalesce(max(version), 0) from review_answer
      where campaign = :campaign and round = :round and image_id = :image and seat = :seat
      """;

  private static final String INSERT =
      """
      insert into review_answer (campaign, round, image_id, seat, version, submission_id, outcome,
        boxes, ignore_regions, reviewer, reason, seconds, kept, touched)
      values (:campaign, :round, :image, :seat, :version, :submission, :outcome,
        :boxes, :ignore, :reviewer, :reason, :seconds, :kept, :touched)
      """;

  private static final String SETTLING =
      """
      select a.* from review_answer a join review_image i using (campaign, round, image_id)
      where campaign = :campaign and round = :round and i.batch = :batch and a.settles
      order by i.position
      """;

  /** As long as people are waited for, the answers need not be looked at. */
  private static final String IS_SETTLED =
      """
      select not exists (select from review_image
          where campaign = :campaign and round = :round and batch = :batch and waits)
        and not exists (select from review_image i
          where campaign = :campaign and round = :round and batch = :batch
            and not exists (select from review_answer a where a.campaign = i.campaign
              and a.round = i.round and a.image_id = i.image_id and a.settles))
      """;

  private static final String OF_SEAT =
      """
      select * from review_answer
      where campaign = :campaign and round = :round and image_id = :image and seat = :seat
      order by version desc limit 1
      """;

  private static final String COUNTS =
      """
      select image_id, count(*) as answers from review_answer
      join review_image i using (campaign, round, image_id)
      where campaign = :campaign and round = :round and i.batch = :batch
      group by image_id
      """;

  private final Database database;
  private final Clock clock;

  public AnswerRepository(Database database) {
    this(database, Clock.systemUTC());
  }

  /** For whoever turns the clock by hand. */
  AnswerRepository(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A stored answer and its version within its seat, from 1. */
  public record Stored(int version, Answer answer) {}

  /** What became of an answer. */
  public enum Verdict {
    /** It is stored. */
    STORED,
    /** It was stored before under the same submission id. */
    REPEATED,
    /** The submission id was used before, for another image: the client must make a new one. */
    REUSED,
    /** Another answer came in between; read it and decide. */
    CONFLICT,
    /** Others are at the image, as many as there may be. */
    TAKEN,
    /** Its batch is closed. */
    CLOSED,
    /** The image is not in this round's batches. */
    UNKNOWN
  }

  /**
   * An answer's verdict.
   *
   * @param version of the newest answer in the seat; 0 where there is none
   */
  public record Put(Verdict verdict, int version) {
    /** Of the answer that was stored under a submission id: {@code version}, {@code same}. */
    public static final RowMapper<Put> REPEAT =
        (row, context) ->
            row.getBoolean("same")
                ? new Put(Verdict.REPEATED, row.getInt("version"))
                : new Put(Verdict.REUSED, 0);
  }

  /**
   * A person's answer as it comes in.
   *
   * @param timing how long it took; null where nobody measured
   * @param caller who sends it; as a rule, the reviewer
   * @param expected the version that the person saw, 0 for none
   */
  public record Submission(Answer answer, @Nullable Timing timing, String caller, int expected) {}

  /**
   * What a person has said of an image, and may say.
   *
   * @param version to expect, when answering
   * @param answer newest of the person's seat; null if there is none, or it is another's business
   * @param seat that the person has; null if none
   */
  public record Own(int version, @Nullable Answer answer, @Nullable Seat seat) {}

  /**
   * Stores an answer in the person's seat, how long it took, what it settles with the annotation
   * that this makes, and a word for the batch's campaign; all of it or nothing.
   */
  public Put put(RoundId round, Submission submission) {
    return database.inTransaction(handle -> put(handle, round, submission));
  }

  /**
   * Stores an answer of a person for whom nobody waited, or of a file.
   *
   * @param expected the version that the person saw, 0 for none; empty takes any, and decides over
   *     what others may say
   */
  public Put put(RoundId round, Answer answer, Optional<Integer> expected) {
    return database.inTransaction(
        handle ->
            expected.isPresent()
                ? put(
                    handle, round, new Submission(answer, null, answer.reviewer(), expected.get()))
                : decide(handle, round, answer));
  }

  /**
   * Stores an answer that settles its image whatever people say or have said; of somebody who
   * decides, of a file or of a tool.
   */
  public Put decide(RoundId round, Answer answer) {
    return database.inTransaction(handle -> decide(handle, round, answer));
  }

  /**
   * Stores a page of answers in one transaction, whatever was stored of their images before. Each
   * settles its image at once.
   *
   * @return what became of each, in their order
   */
  public List<Put> putAll(RoundId round, List<Answer> page) {
    Map<Integer, Put> puts = new TreeMap<>();
    database.useTransaction(
        handle -> {
          for (int i : inOrderOfLocks(page)) {
            puts.put(i, decide(handle, round, page.get(i)));
          }
        });
    return List.copyOf(puts.values());
  }

  /** Two pages that came in different orders would wait for each other. */
  private static List<Integer> inOrderOfLocks(List<Answer> page) {
    return IntStream.range(0, page.size())
        .boxed()
        .sorted(Comparator.comparing(i -> page.get(i).image()))
        .toList();
  }

  private Put put(Handle handle, RoundId round, Submission submission) {
    Answer answer = submission.answer();
    Map<String, ?> key = SeatRepository.key(round, answer.image());
    Optional<Put> repeat = repeat(handle, key, answer);
    if (repeat.isPresent()) {
      return repeat.get();
    }
    Optional<Place> place = SeatRepository.lock(handle, key);
    if (place.isEmpty()) {
      return new Put(Verdict.UNKNOWN, 0);
    }
    Rules rules = SeatRepository.rules(handle, round.campaign());
    Optional<Integer> seat =
        Seat.of(
            answer.reviewer(),
            submission.caller(),
            SeatRepository.seats(handle, key),
            rules.overlap(),
            clock.instant());
    int version = seat.isPresent() ? version(handle, key, seat.get()) : 0;
    Optional<Put> refusal =
        repeat(handle, key, answer) // somebody may have sent it while we waited
            .or(() -> refusal(place.get(), seat, submission.expected(), version));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Said said = insert(handle, key, seat.orElseThrow(), version + 1, answer);
    if (submission.timing() != null) {
      TimingRepository.insert(handle, round, said, submission.timing());
    }
    SeatRepository.sit(handle, key, said.seat(), answer.reviewer());
    settle(handle, key, said, rules, place.get());
    return new Put(Verdict.STORED, said.version());
  }

  private static Optional<Put> refusal(
      Place place, Optional<Integer> seat, int expected, int version) {
    if (!place.open()) {
      return Optional.of(new Put(Verdict.CLOSED, version));
    }
    if (seat.isEmpty()) {
      return Optional.of(new Put(Verdict.TAKEN, 0));
    }
    return expected == version ? Optional.empty() : Optional.of(new Put(Verdict.CONFLICT, version));
  }

  private static void settle(
      Handle handle, Map<String, ?> key, Said said, Rules rules, Place place) {
    boolean settled = true;
    if (rules.overlap() == 1) {
      SettlementRepository.settle(handle, key, said, By.NEWEST);
    } else {
      settled = SettlementRepository.settleIfAgreed(handle, key, rules, said.answer().reviewer());
    }
    if (settled) {
      OutboxRepository.add(handle, key, place.batch());
    }
    SeatRepository.noteWaiting(handle, key, rules.overlap());
  }

  /** Of several seats, a decision has its own; the only seat is everybody's. */
  private static Put decide(Handle handle, RoundId round, Answer answer) {
    Map<String, ?> key = SeatRepository.key(round, answer.image());
    Optional<Put> repeat = repeat(handle, key, answer);
    if (repeat.isPresent()) {
      return repeat.get();
    }
    Optional<Place> place = SeatRepository.lock(handle, key);
    if (place.isEmpty()) {
      return new Put(Verdict.UNKNOWN, 0);
    }
    int overlap = SeatRepository.rules(handle, round.campaign()).overlap();
    int seat = overlap == 1 ? 0 : Seat.DECISION;
    int version = version(handle, key, seat);
    Optional<Put> refusal =
        repeat(handle, key, answer)
            .or(() -> refusal(place.get(), Optional.of(seat), version, version));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Said said = insert(handle, key, seat, version + 1, answer);
    if (seat != Seat.DECISION) {
      SeatRepository.sit(handle, key, seat, answer.reviewer());
    }
    SettlementRepository.settle(handle, key, said, By.DECISION);
    OutboxRepository.add(handle, key, place.get().batch());
    SeatRepository.noteWaiting(handle, key, overlap);
    return new Put(Verdict.STORED, said.version());
  }

  private static Optional<Put> repeat(Handle handle, Map<String, ?> key, Answer answer) {
    return handle
        .createQuery(REPEAT)
        .bindMap(key)
        .bind("submission", answer.submissionId())
        .map(Put.REPEAT)
        .findOne();
  }

  private static int version(Handle handle, Map<String, ?> key, int seat) {
    return handle.createQuery(VERSION).bindMap(key).bind("seat", seat).mapTo(Integer.class).one();
  }

  private static Said insert(
      Handle handle, Map<String, ?> key, int seat, int version, Answer answer) {
    handle
        .createUpdate(INSERT)
        .bindMap(key)
        .bind("seat", seat)
        .bind("version", version)
        .bind("submission", answer.submissionId())
        .bind("outcome", answer.outcome().name())
        .bind("boxes", PackedBoxes.ofLabels(answer.boxes()))
        .bind("ignore", SettlementRepository.ignored(answer))
        .bind("reviewer", answer.reviewer())
        .bind("reason", answer.reason())
        .bind("seconds", answer.seconds())
        .bind("kept", answer.kept())
        .bind("touched", answer.touched())
        .execute();
    return new Said(seat, version, answer);
  }

  /** The answers that stand for images of a batch, in its order. */
  public List<Stored> settling(BatchId batch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SETTLING)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .map(SettlementRepository.SAID)
                .map(said -> new Stored(said.version(), said.answer()))
                .list());
  }

  /** The answer that stands for one image, if there is one. */
  public Optional<Stored> settling(BatchId batch, ImageId image) {
    return settling(batch).stream().filter(s -> s.answer().image().equals(image)).findFirst();
  }

  /** Whether an answer stands for every image of a batch. */
  public boolean isSettled(BatchId batch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(IS_SETTLED)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .mapTo(Boolean.class)
                .one());
  }

  /** How often each image of a batch was answered; those that were not are not there. */
  public Map<ImageId, Integer> counts(BatchId batch) {
    Map<ImageId, Integer> counts = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(COUNTS)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .map(
                    (row, context) ->
                        Map.entry(Ids.image(row.getBytes("image_id")), row.getInt("answers")))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue())));
    return counts;
  }

  /**
   * Closes a batch; a closed one stays closed. For images of which people have said something, but
   * nothing on which they agree, the best of what is there stands from now on. What people hold and
   * have not answered is taken from them.
   */
  public void close(BatchId batch) {
    database.useTransaction(handle -> SettlementRepository.close(handle, batch));
  }

  /** What a person sees of the answers to an image: of several people's, the own alone. */
  public Own own(RoundId round, ImageId image, String person) {
    return database.inTransaction(handle -> own(handle, round, image, person));
  }

  private Own own(Handle handle, RoundId round, ImageId image, String person) {
    Map<String, ?> key = SeatRepository.key(round, image);
    int overlap = SeatRepository.rules(handle, round.campaign()).overlap();
    List<Seat> seats = SeatRepository.seats(handle, key);
    int number = Seat.of(person, person, seats, overlap, clock.instant()).orElse(0);
    Optional<Said> newest =
        handle
            .createQuery(OF_SEAT)
            .bindMap(key)
            .bind("seat", number)
            .map(SettlementRepository.SAID)
            .findOne();
    return new Own(
        newest.map(Said::version).orElse(0),
        newest
            .map(Said::answer)
            .filter(answer -> overlap == 1 || answer.reviewer().equals(person))
            .orElse(null),
        seats.stream().filter(seat -> seat.person().equals(person)).findFirst().orElse(null));
  }
}
