package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
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

/** People's answers; {@link SubmissionRepository} tells how one is taken. */
public final class AnswerRepository {
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
    return database.inTransaction(
        handle -> SubmissionRepository.put(handle, round, submission, clock.instant()));
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
                ? SubmissionRepository.put(
                    handle,
                    round,
                    new Submission(answer, null, answer.reviewer(), expected.get()),
                    clock.instant())
                : SubmissionRepository.decide(handle, round, answer));
  }

  /**
   * Stores an answer that settles its image whatever people say or have said; of somebody who
   * decides, of a file or of a tool.
   */
  public Put decide(RoundId round, Answer answer) {
    return database.inTransaction(handle -> SubmissionRepository.decide(handle, round, answer));
  }

  /** What was said to an answer when it was stored, if it was. */
  public Optional<Put> repeated(RoundId round, Answer answer) {
    return database.inTransaction(
        handle ->
            SubmissionRepository.repeated(
                handle, SeatRepository.key(round, answer.image()), answer));
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
            puts.put(i, SubmissionRepository.decide(handle, round, page.get(i)));
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
