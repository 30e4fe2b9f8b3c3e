package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.Seat.Returned;
import dev.labelloop.activities.review.SeatRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Second looks: another person accepts an answer that stands, or sends it back. */
public final class CheckRepository {
  /** Whoever has not decided by then has gone. */
  private static final Duration TERM = Duration.ofMinutes(10);

  private static final int ROWS_AT_ONCE = 200;

  private static final String COLUMNS =
      """
      select a.round, i.batch, a.seat, a.version, a.reviewer, a.outcome, a.boxes, a.stored_at,
        m.image_id, m.path, m.width, m.height,
        exists (select from check_request q where q.campaign = a.campaign and q.round = a.round
          and q.image_id = a.image_id) as requested,
        exists (select from review_check c where c.campaign = a.campaign and c.round = a.round
          and c.image_id = a.image_id and c.verdict = 'RETURNED') as returned
      from review_answer a join review_image i using (campaign, round, image_id)
      join image m using (campaign, image_id)
      """;

  /** Nobody checks an image of which they have said something. */
  private static final String UNCHECKED =
      "select * from ("
          + COLUMNS
          + """
          where a.campaign = :campaign and a.settles and a.outcome <> 'SKIPPED' and a.seat >= 0
            and not exists (select from review_answer own where own.campaign = a.campaign
              and own.round = a.round and own.image_id = a.image_id and own.reviewer = :checker)
            and not exists (select from review_check c where c.campaign = a.campaign
              and c.round = a.round and c.image_id = a.image_id and c.seat = a.seat
              and c.version = a.version
              and (c.verdict is not null or c.checker <> :checker and c.until > now()))
          ) unchecked order by requested or returned desc, stored_at, image_id
          """;

  private static final String CLAIM =
      """
      insert into review_check (campaign, round, image_id, seat, version, checker, random,
        claimed_at, until)
      values (:campaign, :round, :image, :seat, :version, :checker, :random, now(), now() + :term)
      on conflict (campaign, round, image_id, seat, version) do update
        set checker = excluded.checker, random = excluded.random,
          claimed_at = case review_check.checker when excluded.checker
            then review_check.claimed_at else excluded.claimed_at end,
          until = excluded.until
        where review_check.verdict is null
          and (review_check.checker = excluded.checker or review_check.until <= now())
      """;

  private static final String CLAIMED =
      """
      select c.seat, c.version, c.random, a.reviewer, a.boxes, a.settles,
        extract(epoch from now() - c.claimed_at)::float8 as seconds
      from review_check c join review_answer a using (campaign, round, image_id, seat, version)
      where c.campaign = :campaign and c.round = :round and c.image_id = :image
        and c.checker = :checker and c.verdict is null
      for update of c
      """;

  private static final String REPEAT =
      """
      select coalesce(reopened, false) from review_check
      where campaign = :campaign and submission_id = :submission
        and round = :round and image_id = :image and checker = :checker
      """;

  private static final String REUSED =
      "select from review_check where campaign = :campaign and submission_id = :submission";

  private static final String DECIDE =
      """
      update review_check set verdict = :verdict, submission_id = :submission, comment = :comment,
        wrong = :wrong, seconds = :seconds, decided_at = now(), reopened = :reopened
      where campaign = :campaign and round = :round and image_id = :image and seat = :seat
        and version = :version
      """;

  private static final String REQUEST =
      """
      insert into check_request (campaign, round, image_id, requested_by)
      select campaign, round, image_id, :by from review_answer a
      where campaign = :campaign and settles and outcome <> 'SKIPPED' and seat >= 0
        and reviewer = :person
        and not exists (select from review_check c where c.campaign = a.campaign
          and c.round = a.round and c.image_id = a.image_id and c.seat = a.seat
          and c.version = a.version and c.verdict is not null)
      order by stored_at desc limit :most
      on conflict do nothing
      """;

  private static final String COUNTS =
      """
      select a.reviewer, c.verdict, count(*) as checks from review_check c
      join review_answer a using (campaign, round, image_id, seat, version)
      where campaign = :campaign and c.verdict is not null group by 1, 2
      """;

  private final Database database;

  public CheckRepository(Database database) {
    this.database = database;
  }

  /**
   * An answer at which another person looks.
   *
   * @param random whether it was drawn; else somebody asked for it, or sent the one before it back
   */
  public record Check(
      BatchId batch,
      StoredImage image,
      int seat,
      int version,
      String reviewer,
      ReviewOutcome outcome,
      List<LabelledBox> boxes,
      boolean random) {}

  private record Candidate(Check check, boolean asked) {}

  private static RowMapper<Candidate> candidate(CampaignName campaign) {
    return (row, context) -> {
      boolean asked = row.getBoolean("requested") || row.getBoolean("returned");
      return new Candidate(
          new Check(
              new RoundId(campaign, row.getInt("round")).batch(row.getInt("batch")),
              ImageRepository.IMAGE.map(row, context),
              row.getInt("seat"),
              row.getInt("version"),
              row.getString("reviewer"),
              ReviewOutcome.valueOf(row.getString("outcome")),
              PackedBoxes.labels(row.getBytes("boxes")),
              !asked),
          asked);
    };
  }

  /**
   * Gives a person the next answer of somebody else to look at, and keeps it for them for {@code 10
   * minutes}: what was asked for first, then the oldest of those drawn.
   */
  public Optional<Check> next(CampaignSpec spec, String checker) {
    return database.inTransaction(
        handle -> {
          try (Stream<Candidate> unchecked =
              handle
                  .createQuery(UNCHECKED)
                  .setFetchSize(ROWS_AT_ONCE)
                  .bind("campaign", spec.name().value())
                  .bind("checker", checker)
                  .map(candidate(spec.name()))
                  .stream()) {
            return unchecked
                .filter(
                    c ->
                        c.asked
                            || Slices.isChecked(
                                spec, c.check.batch().round(), c.check.image().id()))
                .map(Candidate::check)
                .filter(check -> claim(handle, check, checker))
                .findFirst();
          }
        });
  }

  private static boolean claim(Handle handle, Check check, String checker) {
    return handle
            .createUpdate(CLAIM)
            .bindMap(key(check.batch().round(), check.image().id(), checker))
            .bind("seat", check.seat())
            .bind("version", check.version())
            .bind("random", check.random())
            .bind("term", TERM)
            .execute()
        > 0;
  }

  private static Map<String, Object> key(RoundId round, ImageId image, String checker) {
    Map<String, Object> key = new HashMap<>(Ids.key(round));
    key.put("image", Ids.bytes(image));
    key.put("checker", checker);
    return key;
  }

  /**
   * What a person found.
   *
   * @param wrong places in the answer of boxes that are wrong
   * @param seconds of work; null where nobody measured: then from the claim to now
   */
  public record Decision(
      UUID submissionId,
      boolean accepted,
      @Nullable String comment,
      List<Integer> wrong,
      @Nullable Double seconds) {}

  /** What became of a decision. */
  public enum Outcome {
    /** It is stored. */
    STORED,
    /** It is stored, and the image is with its reviewer again. */
    REOPENED,
    /** It was stored before under the same submission id. */
    REPEATED,
    /** The submission id was used before, for another image. */
    REUSED,
    /** The person does not hold the image, or no longer does. */
    NOT_HELD,
    /** The answer does not stand any more: somebody has given another. */
    CHANGED,
    /** The answer has no box in one of the places that are said to be wrong. */
    NO_SUCH_BOX
  }

  private record Claimed(
      int seat, int version, String reviewer, int boxes, boolean stands, double seconds) {}

  /** Stores what a person found; an answer that is sent back goes to its reviewer, if it can. */
  public Outcome decide(RoundId round, ImageId image, String checker, Decision decision) {
    return database.inTransaction(handle -> decide(handle, round, image, checker, decision));
  }

  private static Outcome decide(
      Handle handle, RoundId round, ImageId image, String checker, Decision decision) {
    Map<String, Object> key = key(round, image, checker);
    key.put("submission", decision.submissionId());
    if (repeated(handle, key).isPresent()) {
      return Outcome.REPEATED;
    }
    if (!handle.createQuery(REUSED).bindMap(key).mapToMap().list().isEmpty()) {
      return Outcome.REUSED;
    }
    Optional<Claimed> claimed =
        handle
            .createQuery(CLAIMED)
            .bindMap(key)
            .map(
                (row, context) ->
                    new Claimed(
                        row.getInt("seat"),
                        row.getInt("version"),
                        row.getString("reviewer"),
                        PackedBoxes.labels(row.getBytes("boxes")).size(),
                        row.getBoolean("settles"),
                        row.getDouble("seconds")))
            .findFirst();
    if (claimed.isEmpty()) {
      return Outcome.NOT_HELD;
    }
    if (!claimed.get().stands) {
      return Outcome.CHANGED;
    }
    if (decision.wrong.stream().anyMatch(place -> place >= claimed.get().boxes)) {
      return Outcome.NO_SUCH_BOX;
    }
    boolean reopened =
        !decision.accepted
            && SeatRepository.giveBack(
                handle,
                round,
                image,
                claimed.get().reviewer,
                new Returned(checker, decision.comment));
    store(handle, key, decision, claimed.get(), reopened);
    note(handle, round, image, checker, decision, claimed.get());
    return reopened ? Outcome.REOPENED : Outcome.STORED;
  }

  /**
   * Whether the image went back to its reviewer by a decision that is stored; empty if it is not.
   */
  public Optional<Boolean> repeated(RoundId round, ImageId image, String checker, UUID submission) {
    Map<String, Object> key = key(round, image, checker);
    key.put("submission", submission);
    return database.inTransaction(handle -> repeated(handle, key));
  }

  private static Optional<Boolean> repeated(Handle handle, Map<String, ?> key) {
    return handle.createQuery(REPEAT).bindMap(key).mapTo(Boolean.class).findOne();
  }

  private static void store(
      Handle handle, Map<String, ?> key, Decision decision, Claimed claimed, boolean reopened) {
    double measured = Math.min(claimed.seconds, (double) TERM.toSeconds());
    handle
        .createUpdate(DECIDE)
        .bindMap(key)
        .bind("seat", claimed.seat)
        .bind("version", claimed.version)
        .bind("verdict", decision.accepted ? "ACCEPTED" : "RETURNED")
        .bind("comment", decision.comment)
        .bind("wrong", decision.wrong.toArray(Integer[]::new))
        .bind("seconds", decision.seconds == null ? measured : decision.seconds)
        .bind("reopened", decision.accepted ? null : Boolean.valueOf(reopened))
        .execute();
  }

  private static void note(
      Handle handle,
      RoundId round,
      ImageId image,
      String checker,
      Decision decision,
      Claimed claimed) {
    AuditRepository.note(
        handle,
        checker,
        decision.accepted ? "answer.accept" : "answer.return",
        round + "/" + image,
        Map.of("reviewer", claimed.reviewer, "version", claimed.version));
  }

  /**
   * Asks for a second look at a person's answers that stand, the newest first.
   *
   * @param most answers at most
   * @return how many were not asked for yet
   */
  public int request(CampaignName campaign, String person, int most, String by) {
    return database.inTransaction(
        handle -> {
          int asked =
              handle
                  .createUpdate(REQUEST)
                  .bind("campaign", campaign.value())
                  .bind("person", person)
                  .bind("most", most)
                  .bind("by", by)
                  .execute();
          AuditRepository.note(
              handle, by, "person.check", campaign + "/" + person, Map.of("answers", asked));
          return asked;
        });
  }

  /** Second looks at a person's answers. */
  public record Counts(int accepted, int returned) {
    static final Counts NONE = new Counts(0, 0);

    private Counts plus(Counts other) {
      return new Counts(accepted + other.accepted, returned + other.returned);
    }
  }

  /** By the person whose answers they were. */
  public Map<String, Counts> counts(CampaignName campaign) {
    Map<String, Counts> counts = new HashMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(COUNTS)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) -> {
                      int checks = row.getInt("checks");
                      boolean accepted = row.getString("verdict").equals("ACCEPTED");
                      return Map.entry(
                          row.getString("reviewer"),
                          new Counts(accepted ? checks : 0, accepted ? 0 : checks));
                    })
                .forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Counts::plus)));
    return counts;
  }
}
