package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.Settlement.By;
import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Which answer stands for an image, and the annotation that it makes. Every method works within a
 * transaction that holds the image's {@code review_image} row, or the batch, for itself.
 */
final class SettlementRepository {
  /** Reads a row of {@code review_answer}. */
  static final RowMapper<Said> SAID =
      (row, context) ->
          new Said(
              row.getInt("seat"),
              row.getInt("version"),
              new Answer(
                  Ids.image(row.getBytes("image_id")),
                  row.getObject("submission_id", UUID.class),
                  ReviewOutcome.valueOf(row.getString("outcome")),
                  PackedBoxes.labels(row.getBytes("boxes")),
                  regions(row.getBytes("ignore_regions")),
                  row.getString("reviewer"),
                  row.getString("reason"),
                  row.getDouble("seconds"),
                  row.getInt("kept"),
                  row.getInt("touched")));

  private static final String SETTLES =
      """
      update review_answer set settles = true, settled_by = :by
      where campaign = :campaign and round = :round and image_id = :image
        and seat = :seat and version = :version
      """;

  private static final String STANDING =
      """
      select * from review_answer
      where campaign = :campaign and round = :round and image_id = :image and settles
      """;

  private static final String UNSETTLE =
      """
      update review_answer set settles = false, settled_by = null
      where campaign = :campaign and round = :round and image_id = :image and settles
      """;

  private static final String ANNOTATE =
      """
      insert into annotation (campaign, image_id, version, round, maker, boxes, box_count,
        ignore_regions)
      select :campaign, :image, coalesce(max(version), 0) + 1, :round, :maker, :boxes, :count,
        :ignore
      from annotation where campaign = :campaign and image_id = :image
      """;

  /** Takes back what an earlier answer of the round said; a label from before stands again. */
  private static final String WITHDRAW =
      """
      insert into annotation (campaign, image_id, version, round, maker, boxes, box_count,
        ignore_regions)
      select a.campaign, a.image_id, a.version + 1, coalesce(b.round, a.round),
        coalesce(b.maker, :maker), b.boxes, coalesce(b.box_count, 0), b.ignore_regions
      from current_annotation a left join lateral (select * from annotation before
          where before.campaign = a.campaign and before.image_id = a.image_id
            and before.round < a.round
          order by before.version desc limit 1) b on true
      where a.campaign = :campaign and a.image_id = :image and a.round = :round
      """;

  /** The newest answer of each seat whose person is done. */
  private static final String OF_SEATS =
      """
      select distinct on (a.seat) a.* from review_answer a
      join review_seat s using (campaign, round, image_id, seat)
      where campaign = :campaign and round = :round and image_id = :image and s.answered
      order by a.seat, a.version desc
      """;

  /** The newest answer of each seat to images of a batch for which none stands. */
  private static final String UNSETTLED =
      """
      select distinct on (a.image_id, a.seat) a.* from review_answer a
      join review_image i using (campaign, round, image_id)
      where campaign = :campaign and round = :round and i.batch = :batch
        and not exists (select from review_answer s where s.campaign = a.campaign
          and s.round = a.round and s.image_id = a.image_id and s.settles)
      order by a.image_id, a.seat, a.version desc
      """;

  /** Waits for answers on their way, and keeps further ones out. */
  private static final String LOCK_BATCH =
      """
      select state from review_batch
      where campaign = :campaign and round = :round and batch = :batch for update
      """;

  private static final String CLOSE =
      """
      update review_batch set state = 'CLOSED'
      where campaign = :campaign and round = :round and batch = :batch
      """;

  private static final String WAIT_NO_MORE =
      """
      update review_image set waits = false
      where campaign = :campaign and round = :round and batch = :batch and waits
      """;

  private static final String VACATE =
      """
      delete from review_seat s using review_image i
      where i.campaign = :campaign and i.round = :round and i.batch = :batch
        and s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
        and not s.answered
      """;

  private SettlementRepository() {}

  /** Lets an answer stand in place of any other. */
  static void settle(Handle handle, Map<String, ?> key, Said said, By by) {
    handle.createUpdate(UNSETTLE).bindMap(key).execute();
    handle
        .createUpdate(SETTLES)
        .bindMap(key)
        .bind("seat", said.seat())
        .bind("version", said.version())
        .bind("by", by.name())
        .execute();
    Answer answer = said.answer();
    if (answer.outcome() == ReviewOutcome.SKIPPED) {
      withdraw(handle, key, answer.reviewer());
    } else {
      handle
          .createUpdate(ANNOTATE)
          .bindMap(key)
          .bind("maker", answer.reviewer())
          .bind("boxes", PackedBoxes.ofLabels(answer.boxes()))
          .bind("count", answer.boxes().size())
          .bind("ignore", ignored(answer))
          .execute();
    }
  }

  static List<LabelledBox> regions(byte @Nullable [] packed) {
    return packed == null ? List.of() : PackedBoxes.labels(packed);
  }

  /** Null is none: most answers are about whole images. */
  static byte @Nullable [] ignored(Answer answer) {
    return answer.ignore().isEmpty() ? null : PackedBoxes.ofLabels(answer.ignore());
  }

  /**
   * Lets no answer stand.
   *
   * @param by who sees to it
   */
  static void unsettle(Handle handle, Map<String, ?> key, String by) {
    if (handle.createUpdate(UNSETTLE).bindMap(key).execute() > 0) {
      withdraw(handle, key, by);
    }
  }

  /** Whether somebody has decided above all seats. */
  static boolean isDecided(Handle handle, Map<String, ?> key) {
    return standing(handle, key).map(Said::seat).equals(Optional.of(Seat.DECISION));
  }

  private static Optional<Said> standing(Handle handle, Map<String, ?> key) {
    return handle.createQuery(STANDING).bindMap(key).map(SAID).findOne();
  }

  private static void withdraw(Handle handle, Map<String, ?> key, String by) {
    handle.createUpdate(WITHDRAW).bindMap(key).bind("maker", by).execute();
  }

  /**
   * Lets the answer stand on which people agree, if they do; a decision stands above it.
   *
   * @return whether the image is settled
   */
  static boolean settleIfAgreed(Handle handle, Map<String, ?> key, Rules rules, String by) {
    Optional<Said> standing = standing(handle, key);
    if (standing.map(Said::seat).equals(Optional.of(Seat.DECISION))) {
      return true;
    }
    Optional<Said> agreed =
        Settlement.agreed(ofSeats(handle, key), rules.overlap(), rules.agreement());
    if (agreed.isEmpty()) {
      unsettle(handle, key, by);
    } else if (!agreed.equals(standing)) {
      settle(handle, key, agreed.get(), By.AGREEMENT);
    }
    return agreed.isPresent();
  }

  /** The newest answer of each seat whose person is done, by seat. */
  static List<Said> ofSeats(Handle handle, Map<String, ?> key) {
    return handle.createQuery(OF_SEATS).bindMap(key).map(SAID).list();
  }

  /** Lets the best answer stand for each image that has one and is not settled; then closes. */
  static void close(Handle handle, BatchId batch) {
    Map<String, Object> key = new HashMap<>(Ids.key(batch.round()));
    key.put("batch", batch.index());
    Optional<String> state =
        handle.createQuery(LOCK_BATCH).bindMap(key).mapTo(String.class).findOne();
    if (state.equals(Optional.of("OPEN"))) {
      SeatRepository.lockAll(handle, batch);
      Map<ImageId, List<Said>> open =
          handle.createQuery(UNSETTLED).bindMap(key).map(SAID).list().stream()
              .collect(Collectors.groupingBy(said -> said.answer().image()));
      open.forEach(
          (image, said) ->
              settle(
                  handle,
                  SeatRepository.key(batch.round(), image),
                  Settlement.best(said),
                  By.CLOSING));
      handle.createUpdate(VACATE).bindMap(key).execute();
      handle.createUpdate(WAIT_NO_MORE).bindMap(key).execute();
      handle.createUpdate(CLOSE).bindMap(key).execute();
    }
  }
}
