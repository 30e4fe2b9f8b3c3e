package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.activities.review.Seat.Returned;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The seats at one image, within the transactions of those who use them. */
public final class SeatRepository {
  private static final String RULES =
      """
      select coalesce((spec->'review'->>'overlap')::int, 1) as overlap,
        coalesce((spec->'review'->'quality'->>'agreement')::float8, :agreement) as agreement
      from campaign where name = :campaign
      """;

  /** As long as this is held, the batch cannot close. */
  private static final String BATCH =
      """
      select b.batch, b.state from review_image i join review_batch b using (campaign, round, batch)
      where campaign = :campaign and round = :round and image_id = :image
      for share of b
      """;

  /** Held by whoever takes a seat, frees it or answers; after the batch, never before it. */
  private static final String IMAGE =
      """
      select from review_image
      where campaign = :campaign and round = :round and image_id = :image for update
      """;

  private static final String IMAGES =
      """
      select from review_image
      where campaign = :campaign and round = :round and batch = :batch order by position for update
      """;

  private static final String SEATS =
      """
      select seat, person, answered, lease, until, returned_by, returned_comment from review_seat
      where campaign = :campaign and round = :round and image_id = :image order by seat
      """;

  private static final String SIT =
      """
      insert into review_seat (campaign, round, image_id, seat, person, answered)
      values (:campaign, :round, :image, :seat, :person, true)
      on conflict (campaign, round, image_id, seat) do update
        set person = excluded.person, answered = true, lease = null, until = null,
          returned_by = null, returned_comment = null
      """;

  private static final String RETURN =
      """
      insert into review_seat (campaign, round, image_id, seat, person, returned_by,
        returned_comment)
      select campaign, round, image_id, seat, reviewer, :by, :comment from review_answer a
      where campaign = :campaign and round = :round and image_id = :image and seat >= 0
        and reviewer = :person
        and (settles or exists (select from review_seat s where s.campaign = a.campaign
          and s.round = a.round and s.image_id = a.image_id and s.seat = a.seat
          and s.person = a.reviewer and s.answered))
      order by version desc limit 1
      on conflict (campaign, round, image_id, seat) do update
        set answered = false, lease = null, until = null, returned_by = excluded.returned_by,
          returned_comment = excluded.returned_comment
        where review_seat.person = excluded.person and review_seat.answered
      """;

  private static final String WAITS =
      """
      update review_image i set waits = not i.waits
      where campaign = :campaign and round = :round and image_id = :image
        and i.waits <> (
          not exists (select from review_answer a where a.campaign = i.campaign
            and a.round = i.round and a.image_id = i.image_id and a.settles)
          and (select count(*) from review_seat s where s.campaign = i.campaign
            and s.round = i.round and s.image_id = i.image_id and s.answered) < :overlap)
      """;

  private static final RowMapper<Seat> SEAT =
      (row, context) -> {
        UUID lease = row.getObject("lease", UUID.class);
        String by = row.getString("returned_by");
        return new Seat(
            row.getInt("seat"),
            row.getString("person"),
            row.getBoolean("answered"),
            lease == null ? null : new Lease(lease, row.getTimestamp("until").toInstant()),
            by == null ? null : new Returned(by, row.getString("returned_comment")));
      };

  private SeatRepository() {}

  /** The batch of an image, and whether it takes answers. */
  record Place(int batch, boolean open) {}

  /** What a query binds as {@code :campaign}, {@code :round} and {@code :image}. */
  static Map<String, Object> key(RoundId round, ImageId image) {
    Map<String, Object> key = new HashMap<>(Ids.key(round));
    key.put("image", Ids.bytes(image));
    return key;
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Rules rules(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(RULES)
        .bind("campaign", campaign.value())
        .bind("agreement", CampaignSpec.Quality.DEFAULT_AGREEMENT)
        .map((row, context) -> new Rules(row.getInt("overlap"), row.getDouble("agreement")))
        .one();
  }

  /** Takes the image's lock; empty if the round does not ask about it. */
  static Optional<Place> lock(Handle handle, Map<String, ?> key) {
    Optional<Place> place =
        handle
            .createQuery(BATCH)
            .bindMap(key)
            .map(
                (row, context) ->
                    new Place(row.getInt("batch"), row.getString("state").equals("OPEN")))
            .findOne();
    handle.createQuery(IMAGE).bindMap(key).mapToMap().list();
    return place;
  }

  /** Takes the locks of all images of a batch. */
  static void lockAll(Handle handle, BatchId batch) {
    handle
        .createQuery(IMAGES)
        .bindMap(Ids.key(batch.round()))
        .bind("batch", batch.index())
        .mapToMap()
        .list();
  }

  /** The image's seats by number; those that were never taken are not there. */
  static List<Seat> seats(Handle handle, Map<String, ?> key) {
    return handle.createQuery(SEATS).bindMap(key).map(SEAT).list();
  }

  /** Notes that a person has answered in a seat. */
  static void sit(Handle handle, Map<String, ?> key, int seat, String person) {
    handle.createUpdate(SIT).bindMap(key).bind("seat", seat).bind("person", person).execute();
  }

  /**
   * Notes whether an image of an open batch still waits for people, after something has changed.
   *
   * @param overlap how many people are to answer
   */
  static void noteWaiting(Handle handle, Map<String, ?> key, int overlap) {
    handle.createUpdate(WAITS).bindMap(key).bind("overlap", overlap).execute();
  }

  /**
   * Sends a person's answer back: it does not stand any more, and the image comes to the person
   * once more, before all others. To be called within the transaction that notes who did so.
   *
   * @return whether it was; not if the batch is closed, if somebody has decided above all seats, or
   *     the person has no answer that counts
   */
  public static boolean giveBack(
      Handle handle, RoundId round, ImageId image, String person, Returned returned) {
    Map<String, ?> key = key(round, image);
    boolean open = lock(handle, key).map(Place::open).orElse(false);
    if (!open || SettlementRepository.isDecided(handle, key)) {
      return false;
    }
    boolean sent =
        handle
                .createUpdate(RETURN)
                .bindMap(key)
                .bind("person", person)
                .bind("by", returned.by())
                .bind("comment", returned.comment())
                .execute()
            > 0;
    if (sent) {
      SettlementRepository.unsettle(handle, key, person);
      noteWaiting(handle, key, rules(handle, round.campaign()).overlap());
    }
    return sent;
  }
}
