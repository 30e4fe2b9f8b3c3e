package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Gives images to people for a while. */
public final class LeaseRepository {
  /** Four beats of a page; a person whose browser has died is waited for no longer. */
  public static final Duration TERM = Duration.ofMinutes(2);

  /** Ends the wait of somebody whom others forestall at every image. */
  private static final int LOOKS = 100;

  /** What a person has not finished; what came back first, else in the order of the batches. */
  private static final String OWN =
      """
      select round, batch, image_id from review_seat s
      join review_image i using (campaign, round, image_id)
      join review_batch b using (campaign, round, batch)
      where campaign = :campaign and s.person = :person and not s.answered and b.state = 'OPEN'
        and encode(image_id, 'hex') <> all(:holds)
        and not exists (select from review_answer a where a.campaign = i.campaign
          and a.round = i.round and a.image_id = i.image_id and a.settles)
      order by s.returned_by is null, round, batch, i.position limit :count
      """;

  private static final String LOCK_SEATS = " for update of s";
  private static final String LOCK_IMAGES = " for update of i";

  /** Instead of waiting for rows that others have under a lock. */
  private static final String SKIPPING = " skip locked";

  private static final String RENEW =
      """
      update review_seat set until = :until, lease = coalesce(lease, :lease)
      where campaign = :campaign and round = :round and image_id = :image and person = :person
        and not answered
      returning seat, lease, until
      """;

  private static final String TAKEN =
      """
      from review_seat s
      where s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
        and (s.answered or s.returned_by is not null or s.until > :now)
      """;

  /** Where a seat is free for a person who has had none and has not answered. */
  private static final String OPEN =
      """
      select i.round, i.batch, i.image_id from review_image i
      where i.campaign = :campaign and i.waits
        and encode(i.image_id, 'hex') <> all(:holds)
        and not exists (select from review_answer a
          where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
            and a.reviewer = :person)
        and not exists (select from review_seat s
          where s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
            and s.person = :person)
        and (select count(*)
      """
          + TAKEN
          + """
      ) < :overlap
      order by i.round, i.batch, i.position limit :count
      """;

  /** The same once more, under the image's lock: somebody may have come in between. */
  private static final String TAKE =
      """
      insert into review_seat (campaign, round, image_id, seat, person, lease, until)
      select i.campaign, i.round, i.image_id, n.seat, :person, :lease, :until
      from review_image i cross join generate_series(0, :overlap - 1) as n (seat)
      where i.campaign = :campaign and i.round = :round and i.image_id = :image
        and not exists (select from review_answer a
          where a.campaign = i.campaign and a.round = i.round and a.image_id = i.image_id
            and (a.settles or a.reviewer = :person))
        and not exists (select from review_seat s
          where s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
            and s.person = :person)
        and not exists (select
      """
          + TAKEN
          + """
          and s.seat = n.seat)
      order by n.seat limit 1
      on conflict (campaign, round, image_id, seat) do update
        set person = excluded.person, lease = excluded.lease, until = excluded.until
        where not review_seat.answered and review_seat.returned_by is null
          and review_seat.until <= :now
      returning seat, lease, until
      """;

  private static final String BEAT =
      """
      update review_seat s set until = :until
      from review_image i join review_batch b using (campaign, round, batch)
      where i.campaign = :campaign and i.round = :round and i.image_id = :image
        and s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
        and s.person = :person and s.lease = :lease and b.state = 'OPEN'
      """;

  /** An answer that came back stays the person's. */
  private static final String RELEASE_RETURNED =
      """
      update review_seat set lease = null, until = null
      where campaign = :campaign and round = :round and image_id = :image and person = :person
        and not answered and returned_by is not null
      """;

  private static final String RELEASE =
      """
      delete from review_seat
      where campaign = :campaign and round = :round and image_id = :image and person = :person
        and not answered and returned_by is null
      """;

  private static final String REASSIGN =
      """
      delete from review_seat s using review_image i
      where i.campaign = :campaign and i.round = :round and i.batch = :batch
        and s.campaign = i.campaign and s.round = i.round and s.image_id = i.image_id
        and s.person = :person and not s.answered
      """;

  private static final String LEFT =
      "select count(*) from review_image where campaign = :campaign and waits";

  private final Database database;
  private final Clock clock;

  public LeaseRepository(Database database) {
    this(database, Clock.systemUTC());
  }

  /**
   * For whoever turns the clock by hand.
   *
   * @param clock of this process: leases of several processes differ by as much as their clocks
   */
  LeaseRepository(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** An image that a person has for a while. */
  public record Leased(BatchId batch, ImageId image, int seat, Lease lease) {}

  /** An image of a batch. */
  public record Place(BatchId batch, ImageId image) {}

  /** A person's wish, at an instant. */
  private record Want(
      CampaignName campaign, String person, Collection<ImageId> holds, int overlap, Instant now) {}

  /**
   * Leases images to a person: those that came back to them, then what they have not finished, then
   * images with a free seat; each in the order of the batches. Nobody gets an image that they have
   * answered, and no seat is two people's.
   *
   * @param holds images that the person has before them already
   * @param count most images wanted
   */
  public List<Leased> next(
      CampaignName campaign, String person, Collection<ImageId> holds, int count) {
    List<Leased> leased =
        database.inTransaction(
            handle -> {
              Want want = want(handle, campaign, person, holds);
              List<Leased> found = own(handle, want, OWN + LOCK_SEATS + SKIPPING, count);
              found.addAll(open(handle, want, OPEN + LOCK_IMAGES + SKIPPING, count - found.size()));
              return found;
            });
    // Rows that others had under a lock for a moment were skipped: is it because of them?
    for (int look = 0; leased.isEmpty() && look < LOOKS; look++) {
      Optional<List<Leased>> first =
          database.inTransaction(
              handle -> waitForFirst(handle, want(handle, campaign, person, holds)));
      if (first.isEmpty()) {
        break;
      }
      leased = first.get();
    }
    return leased;
  }

  /** The image that comes next; nothing is leased. */
  public Optional<Place> peek(CampaignName campaign, String person) {
    return database.inTransaction(
        handle -> {
          Want want = want(handle, campaign, person, List.of());
          return places(handle.createQuery(OWN), want, 1).stream()
              .findFirst()
              .or(() -> free(handle, want, OPEN, 1).stream().findFirst());
        });
  }

  private Want want(
      Handle handle, CampaignName campaign, String person, Collection<ImageId> holds) {
    int overlap = SeatRepository.rules(handle, campaign).overlap();
    return new Want(campaign, person, holds, overlap, clock.instant());
  }

  private static List<Leased> own(Handle handle, Want want, String sql, int count) {
    List<Leased> leased = new ArrayList<>();
    for (Place place : places(handle.createQuery(sql), want, count)) {
      lease(handle.createQuery(RENEW), want, place).ifPresent(leased::add);
    }
    return leased;
  }

  private static List<Leased> open(Handle handle, Want want, String sql, int count) {
    List<Leased> leased = new ArrayList<>();
    for (Place place : count > 0 ? free(handle, want, sql, count) : List.<Place>of()) {
      take(handle, want, place).ifPresent(leased::add);
    }
    return leased;
  }

  private static List<Place> free(Handle handle, Want want, String sql, int count) {
    Query query =
        handle
            .createQuery(sql)
            .bind("now", SeatRepository.utc(want.now))
            .bind("overlap", want.overlap);
    return places(query, want, count);
  }

  /**
   * Waits for one row only: who holds none can wait for no one who waits for them.
   *
   * @return empty if there is no image; empty within if somebody else got it first
   */
  private static Optional<List<Leased>> waitForFirst(Handle handle, Want want) {
    List<Leased> own = own(handle, want, OWN + LOCK_SEATS, 1);
    if (!own.isEmpty()) {
      return Optional.of(own);
    }
    List<Place> first = free(handle, want, OPEN + LOCK_IMAGES, 1);
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(take(handle, want, first.get(0)).map(List::of).orElse(List.of()));
  }

  private static List<Place> places(Query query, Want want, int count) {
    return query
        .bind("campaign", want.campaign.value())
        .bind("person", want.person)
        .bindArray("holds", String.class, want.holds.stream().map(ImageId::value).toList())
        .bind("count", count)
        .map(
            (row, context) ->
                new Place(
                    new RoundId(want.campaign, row.getInt("round")).batch(row.getInt("batch")),
                    Ids.image(row.getBytes("image_id"))))
        .list();
  }

  private static Optional<Leased> take(Handle handle, Want want, Place place) {
    Query query =
        handle
            .createQuery(TAKE)
            .bind("now", SeatRepository.utc(want.now))
            .bind("overlap", want.overlap);
    return lease(query, want, place);
  }

  private static Optional<Leased> lease(Query query, Want want, Place place) {
    return query
        .bindMap(SeatRepository.key(place.batch.round(), place.image))
        .bind("person", want.person)
        .bind("lease", UUID.randomUUID())
        .bind("until", SeatRepository.utc(want.now.plus(TERM)))
        .map(
            (row, context) ->
                new Leased(
                    place.batch,
                    place.image,
                    row.getInt("seat"),
                    new Lease(
                        row.getObject("lease", UUID.class), row.getTimestamp("until").toInstant())))
        .findOne();
  }

  /**
   * Extends a lease. One that has run out is still the person's until somebody else takes the seat.
   *
   * @return until when; empty if the seat is another's, the image is answered or the batch closed
   */
  public Optional<Instant> beat(BatchId batch, ImageId image, String person, UUID lease) {
    Instant until = clock.instant().plus(TERM);
    int extended =
        database.inTransaction(
            handle ->
                handle
                    .createUpdate(BEAT)
                    .bindMap(SeatRepository.key(batch.round(), image))
                    .bind("person", person)
                    .bind("lease", lease)
                    .bind("until", SeatRepository.utc(until))
                    .execute());
    return extended == 0 ? Optional.empty() : Optional.of(until);
  }

  /** Gives up what a person holds of an image; an answer is kept. */
  public void release(BatchId batch, ImageId image, String person) {
    Map<String, ?> key = SeatRepository.key(batch.round(), image);
    database.useTransaction(
        handle -> {
          handle.createUpdate(RELEASE_RETURNED).bindMap(key).bind("person", person).execute();
          handle.createUpdate(RELEASE).bindMap(key).bind("person", person).execute();
        });
  }

  /**
   * Takes away what a person holds of a batch without having answered, even if it came back to
   * them: others get it.
   *
   * @return how many images
   */
  public int reassign(BatchId batch, String from) {
    return database.inTransaction(
        handle -> {
          SeatRepository.lockAll(handle, batch);
          return handle
              .createUpdate(REASSIGN)
              .bindMap(Ids.key(batch.round()))
              .bind("batch", batch.index())
              .bind("person", from)
              .execute();
        });
  }

  /** Images of open batches that wait for an answer, this person's or another's. */
  public int left(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle.createQuery(LEFT).bind("campaign", campaign.value()).mapTo(Integer.class).one());
  }
}
