package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.activities.review.SeatRepository.Place;
import dev.labelloop.activities.review.Settlement.By;
import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.core.RoundId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes answers, each within its caller's transaction and under the lock of its image. */
final class SubmissionRepository {
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

  private SubmissionRepository() {}

  /**
   * Stores an answer in the person's seat, with what it settles.
   *
   * @param now by which leases run out
   */
  static Put put(Handle handle, RoundId round, Submission submission, Instant now) {
    Answer answer = submission.answer();
    Map<String, ?> key = SeatRepository.key(round, answer.image());
    Optional<Put> repeat = repeated(handle, key, answer);
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
            now);
    int version = seat.isPresent() ? version(handle, key, seat.get()) : 0;
    Optional<Put> refusal =
        repeated(handle, key, answer) // somebody may have sent it while we waited
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

  /**
   * Stores an answer that settles its image. Of several seats, a decision has its own; the only
   * seat is everybody's.
   */
  static Put decide(Handle handle, RoundId round, Answer answer) {
    Map<String, ?> key = SeatRepository.key(round, answer.image());
    Optional<Put> repeat = repeated(handle, key, answer);
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
        repeated(handle, key, answer)
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

  /** What was said to an answer when it was stored, if it was. */
  static Optional<Put> repeated(Handle handle, Map<String, ?> key, Answer answer) {
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
}
