package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** People's answers and the annotations that they make. */
public final class AnswerRepository {
  private static final String BATCH_STATE =
      """
      select b.state from review_batch b join review_image i using (campaign, round, batch)
      where campaign = :campaign and round = :round and image_id = :image
      for update of b
      """;

  private static final String REPEAT =
      """
      select version, round = :round and image_id = :image as same from review_answer
      where campaign = :campaign and submission_id = :submission
      """;

  private static final String VERSION =
      """
      select coalesce(max(version), 0) from review_answer
      where campaign = :campaign and round = :round and image_id = :image
      """;

  private static final String INSERT =
      """
      insert into review_answer (campaign, round, image_id, version, submission_id, outcome, boxes,
        reviewer, reason, seconds, kept, touched)
      values (:campaign, :round, :image, :version, :submission, :outcome, :boxes,
        :reviewer, :reason, :seconds, :kept, :touched)
      """;

  private static final String ANNOTATE =
      """
      insert into annotation (campaign, image_id, version, round, maker, boxes, box_count)
      select :campaign, :image, coalesce(max(version), 0) + 1, :round, :maker, :boxes, :count
      from annotation where campaign = :campaign and image_id = :image
      """;

  /** Takes back what an earlier answer of the round said; a label from before stands again. */
  private static final String WITHDRAW =
      """
      insert into annotation (campaign, image_id, version, round, maker, boxes, box_count)
      select a.campaign, a.image_id, a.version + 1, coalesce(b.round, a.round),
        coalesce(b.maker, :maker), b.boxes, coalesce(b.box_count, 0)
      from current_annotation a left join lateral (select * from annotation before
          where before.campaign = a.campaign and before.image_id = a.image_id
            and before.round < a.round
          order by before.version desc limit 1) b on true
      where a.campaign = :campaign and a.image_id = :image and a.round = :round
      """;

  private static final String LABEL_BEFORE =
      """
      select boxes from annotation
      where campaign = :campaign and image_id = :image and round < :round
      order by version desc limit 1
      """;

  private static final String NEWEST =
      """
      select distinct on (image_id) * from review_answer
      where campaign = :campaign and round = :round and image_id = any(
        select image_id from review_image
        where campaign = :campaign and round = :round and batch = :batch)
      order by image_id, version desc
      """;

  private static final RowMapper<Stored> STORED =
      (row, context) ->
          new Stored(
              row.getInt("version"),
              new Answer(
                  Ids.image(row.getBytes("image_id")),
                  row.getObject("submission_id", UUID.class),
                  ReviewOutcome.valueOf(row.getString("outcome")),
                  PackedBoxes.labels(row.getBytes("boxes")),
                  row.getString("reviewer"),
                  row.getString("reason"),
                  row.getDouble("seconds"),
                  row.getInt("kept"),
                  row.getInt("touched")));

  private final Database database;

  public AnswerRepository(Database database) {
    this.database = database;
  }

  /** A stored answer and its version, from 1. */
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
    /** Its batch is closed. */
    CLOSED,
    /** The image is not in this round's batches. */
    UNKNOWN
  }

  /**
   * An answer's verdict.
   *
   * @param version of the image's newest answer; 0 where there is none
   */
  public record Put(Verdict verdict, int version) {}

  /**
   * Stores an answer and the annotation it makes, in one transaction. Skipping makes none: it takes
   * back what an earlier answer of the round said, and a label of an earlier round stays in force.
   *
   * @param expected the version that the person saw, 0 for none; empty takes any
   */
  public Put put(RoundId round, Answer answer, Optional<Integer> expected) {
    return database.inTransaction(handle -> put(handle, round, answer, expected));
  }

  /**
   * Stores a page of answers in one transaction, whatever was stored of their images before.
   *
   * @return what became of each, in their order
   */
  public List<Put> putAll(RoundId round, List<Answer> page) {
    return database.inTransaction(
        handle ->
            page.stream().map(answer -> put(handle, round, answer, Optional.empty())).toList());
  }

  private static Put put(Handle handle, RoundId round, Answer answer, Optional<Integer> expected) {
    Map<String, ?> key =
        Map.of(
            "campaign", round.campaign().value(),
            "round", round.number(),
            "image", Ids.bytes(answer.image()));
    Optional<String> state =
        handle.createQuery(BATCH_STATE).bindMap(key).mapTo(String.class).findOne();
    if (state.isEmpty()) {
      return new Put(Verdict.UNKNOWN, 0);
    }
    Optional<Put> repeat = repeat(handle, key, answer);
    if (repeat.isPresent()) {
      return repeat.get();
    }
    int version = handle.createQuery(VERSION).bindMap(key).mapTo(Integer.class).one();
    if (state.get().equals("CLOSED")) {
      return new Put(Verdict.CLOSED, version);
    }
    if (expected.isPresent() && expected.get() != version) {
      return new Put(Verdict.CONFLICT, version);
    }
    insert(handle, key, answer, version + 1);
    return new Put(Verdict.STORED, version + 1);
  }

  private static Optional<Put> repeat(Handle handle, Map<String, ?> key, Answer answer) {
    return handle
        .createQuery(REPEAT)
        .bindMap(key)
        .bind("submission", answer.submissionId())
        .map(
            (row, context) ->
                row.getBoolean("same")
                    ? new Put(Verdict.REPEATED, row.getInt("version"))
                    : new Put(Verdict.REUSED, 0))
        .findOne();
  }

  private static void insert(Handle handle, Map<String, ?> key, Answer answer, int version) {
    byte[] boxes = PackedBoxes.ofLabels(answer.boxes());
    handle
        .createUpdate(INSERT)
        .bindMap(key)
        .bind("version", version)
        .bind("submission", answer.submissionId())
        .bind("outcome", answer.outcome().name())
        .bind("boxes", boxes)
        .bind("reviewer", answer.reviewer())
        .bind("reason", answer.reason())
        .bind("seconds", answer.seconds())
        .bind("kept", answer.kept())
        .bind("touched", answer.touched())
        .execute();
    if (answer.outcome() == ReviewOutcome.SKIPPED) {
      handle.createUpdate(WITHDRAW).bindMap(key).bind("maker", answer.reviewer()).execute();
    } else {
      handle
          .createUpdate(ANNOTATE)
          .bindMap(key)
          .bind("maker", answer.reviewer())
          .bind("boxes", boxes)
          .bind("count", answer.boxes().size())
          .execute();
    }
  }

  /** The newest answer to each answered image of a batch. */
  public List<Stored> newest(BatchId batch) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(NEWEST)
                .bindMap(Ids.key(batch.round()))
                .bind("batch", batch.index())
                .map(STORED)
                .list());
  }

  /** The label that people had given an image before a round, if one stood. */
  public Optional<List<LabelledBox>> labelBefore(RoundId round, ImageId image) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(LABEL_BEFORE)
                .bindMap(Ids.key(round))
                .bind("image", Ids.bytes(image))
                .map((row, context) -> Optional.ofNullable(row.getBytes("boxes")))
                .findOne()
                .flatMap(boxes -> boxes.map(PackedBoxes::labels)));
  }

  /** The newest answer to one image, if there is one. */
  public Optional<Stored> newest(BatchId batch, ImageId image) {
    return newest(batch).stream().filter(s -> s.answer().image().equals(image)).findFirst();
  }
}
