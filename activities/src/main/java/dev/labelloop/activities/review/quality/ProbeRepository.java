package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Known answers that lie before people, and what they say of them. */
public final class ProbeRepository {
  private static final String FIND =
      """
      select p.lease, p.until, p.blind, p.truth, p.proposals, i.image_id, i.path, i.width, i.height,
        coalesce(a.version, 0) as version, a.submission_id, a.outcome, a.boxes, a.reason,
        a.seconds, a.kept, a.touched
      from probe p join image i using (campaign, image_id)
      left join lateral (select * from probe_answer a where a.campaign = p.campaign
          and a.person = p.person and a.image_id = p.image_id
        order by a.version desc limit 1) a on true
      where p.campaign = :campaign and p.round = :round and p.batch = :batch
        and p.person = :person and p.image_id = :image
      for update of p
      """;

  private static final String REPEAT =
      """
      select version, person = :person and image_id = :image as same from probe_answer
      where campaign = :campaign and submission_id = :submission
      """;

  private static final String IS_OPEN =
      """
      select state = 'OPEN' from review_batch
      where campaign = :campaign and round = :round and batch = :batch for share
      """;

  private static final String BEAT =
      """
      update probe p set until = :until from review_batch b
      where p.campaign = :campaign and p.round = :round and p.batch = :batch
        and p.person = :person and p.image_id = :image and p.lease = :lease
        and b.campaign = p.campaign and b.round = p.round and b.batch = p.batch
        and b.state = 'OPEN'
        and not exists (select from probe_answer a where a.campaign = p.campaign
          and a.person = p.person and a.image_id = p.image_id)
      """;

  private static final String RELEASE =
      """
      update probe set lease = null, until = null
      where campaign = :campaign and round = :round and batch = :batch
        and person = :person and image_id = :image
      """;

  private static final String ANSWER =
      """
      insert into probe_answer (campaign, person, image_id, version, round, submission_id, outcome,
        boxes, reason, seconds, kept, touched, verdicts, hasty, f1, wrong, wrong_accepted)
      values (:campaign, :person, :image, :version, :round, :submission, :outcome,
        :boxes, :reason, :seconds, :kept, :touched, :verdicts, :hasty, :f1, :wrong, :accepted)
      """;

  private final Database database;

  public ProbeRepository(Database database) {
    this.database = database;
  }

  /** The known answer that a person is asked for under this batch and image, if one is. */
  public Optional<Probe> find(BatchId batch, ImageId image, String person) {
    return database.inTransaction(handle -> find(handle, batch, image, person));
  }

  private static Optional<Probe> find(Handle handle, BatchId batch, ImageId image, String person) {
    return handle
        .createQuery(FIND)
        .bindMap(key(batch, image, person))
        .map(
            (row, context) ->
                new Probe(
                    batch,
                    ImageRepository.IMAGE.map(row, context),
                    row.getBoolean("blind"),
                    PackedBoxes.labels(row.getBytes("truth")),
                    PackedBoxes.detections(row.getBytes("proposals")),
                    lease(row),
                    row.getInt("version"),
                    row.getInt("version") == 0 ? null : answer(row, person)))
        .findOne();
  }

  private static Answer answer(ResultSet row, String person) throws SQLException {
    return new Answer(
        Ids.image(row.getBytes("image_id")),
        row.getObject("submission_id", UUID.class),
        ReviewOutcome.valueOf(row.getString("outcome")),
        PackedBoxes.labels(row.getBytes("boxes")),
        person,
        row.getString("reason"),
        row.getDouble("seconds"),
        row.getInt("kept"),
        row.getInt("touched"));
  }

  private static @Nullable Lease lease(ResultSet row) throws SQLException {
    UUID id = row.getObject("lease", UUID.class);
    return id == null ? null : new Lease(id, row.getTimestamp("until").toInstant());
  }

  /**
   * Extends what a person holds.
   *
   * @return until when; empty if they hold nothing under this lease, or have answered
   */
  public Optional<Instant> beat(BatchId batch, ImageId image, String person, UUID lease) {
    Instant until = Instant.now().plus(LeaseRepository.TERM);
    int extended =
        database.inTransaction(
            handle ->
                handle
                    .createUpdate(BEAT)
                    .bindMap(key(batch, image, person))
                    .bind("lease", lease)
                    .bind("until", until.atOffset(ZoneOffset.UTC))
                    .execute());
    return extended == 0 ? Optional.empty() : Optional.of(until);
  }

  /** Gives up what a person holds; it comes again. */
  public void release(BatchId batch, ImageId image, String person) {
    database.useTransaction(
        handle -> handle.createUpdate(RELEASE).bindMap(key(batch, image, person)).execute());
  }

  private static Map<String, Object> key(BatchId batch, ImageId image, String person) {
    Map<String, Object> key = new HashMap<>(Ids.key(batch.round()));
    key.put("batch", batch.index());
    key.put("image", Ids.bytes(image));
    key.put("person", person);
    return key;
  }

  /**
   * Stores what a person said, how good it is, and, if all that they said is surely below the bar,
   * that they are paused; in one transaction. No label comes of it.
   *
   * @param bar F1 in [0, 1]; 0 pauses nobody
   */
  public Put put(BatchId batch, Submission submission, double bar) {
    Answer answer = submission.answer();
    Map<String, Object> key = key(batch, answer.image(), answer.reviewer());
    return database.inTransaction(
        handle -> {
          Optional<Probe> probe = find(handle, batch, answer.image(), answer.reviewer());
          if (probe.isEmpty()) {
            return new Put(Verdict.UNKNOWN, 0);
          }
          int version = probe.get().version();
          Optional<Put> refusal =
              repeat(handle, key, answer)
                  .or(() -> refusal(handle, key, submission.expected(), version));
          if (refusal.isPresent()) {
            return refusal.get();
          }
          insert(handle, key, submission, version + 1, probe.get());
          StandingRepository.judge(
              handle, batch.round().campaign().value(), answer.reviewer(), bar);
          return new Put(Verdict.STORED, version + 1);
        });
  }

  /** What was said to an answer when it was stored, if it was. */
  public Optional<Put> repeated(BatchId batch, Answer answer) {
    return database.inTransaction(
        handle -> repeat(handle, key(batch, answer.image(), answer.reviewer()), answer));
  }

  private static Optional<Put> repeat(Handle handle, Map<String, ?> key, Answer answer) {
    return handle
        .createQuery(REPEAT)
        .bindMap(key)
        .bind("submission", answer.submissionId())
        .map(Put.REPEAT)
        .findOne();
  }

  private static Optional<Put> refusal(
      Handle handle, Map<String, ?> key, int expected, int version) {
    if (!handle.createQuery(IS_OPEN).bindMap(key).mapTo(Boolean.class).one()) {
      return Optional.of(new Put(Verdict.CLOSED, version));
    }
    return expected == version ? Optional.empty() : Optional.of(new Put(Verdict.CONFLICT, version));
  }

  private static void insert(
      Handle handle, Map<String, ?> key, Submission submission, int version, Probe probe) {
    Answer answer = submission.answer();
    Probe.Score score = probe.score(answer.boxes());
    boolean skipped = answer.outcome() == ReviewOutcome.SKIPPED;
    var timing = submission.timing();
    handle
        .createUpdate(ANSWER)
        .bindMap(key)
        .bind("version", version)
        .bind("submission", answer.submissionId())
        .bind("outcome", answer.outcome().name())
        .bind("boxes", PackedBoxes.ofLabels(answer.boxes()))
        .bind("reason", answer.reason())
        .bind("seconds", answer.seconds())
        .bind("kept", answer.kept())
        .bind("touched", answer.touched())
        .bind("verdicts", timing == null ? 0 : timing.verdicts())
        .bind("hasty", timing == null ? 0 : timing.hasty())
        .bind("f1", skipped ? null : Double.valueOf(score.f1()))
        .bind("wrong", skipped ? 0 : score.wrong())
        .bind("accepted", skipped ? 0 : score.wrongAccepted())
        .execute();
  }
}
