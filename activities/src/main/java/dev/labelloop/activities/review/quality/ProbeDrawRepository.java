package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which known answers people are asked for; {@link ProbeRepository} knows what they say. */
public final class ProbeDrawRepository {
  /** That of an image which the person holds, or else the first. */
  private static final String OPEN_BATCH =
      """
      select round, batch from (
        select b.round, b.batch, true as held
        from review_seat s join review_image i using (campaign, round, image_id)
        join review_batch b using (campaign, round, batch)
        where s.campaign = :campaign and s.person = :person and not s.answered
          and b.state = 'OPEN'
        union all
        select round, batch, false from review_batch
        where campaign = :campaign and state = 'OPEN') open
      order by held desc, round, batch limit 1
      """;

  static final String ANSWERED =
      """
      select count(distinct (round, image_id)) from review_answer
      where campaign = :campaign and reviewer = :person and seat >= 0
      """;

  private static final String OWN_AMONG =
      """
      select count(*) from probe
      where campaign = :campaign and person = :person and encode(image_id, 'hex') = any(:holds)
      """;

  static final String PLACES =
      "select place from probe where campaign = :campaign and person = :person";

  /**
   * A file's truth of a holdout image is known; an answer is if several people gave the same, one
   * decided between them, or another has checked it.
   */
  private static final String KNOWN =
      """
      with known as (
        select i.image_id, i.path, a.boxes as truth, null::int as round
        from image i join current_annotation a using (campaign, image_id)
        where i.campaign = :campaign and i.holdout and not exists (select from review_answer r
          where r.campaign = i.campaign and r.image_id = i.image_id)
        union all
        select s.image_id, i.path, s.boxes, s.round
        from review_answer s join image i using (campaign, image_id)
        where s.campaign = :campaign and s.settles and s.outcome <> 'SKIPPED'
          and s.ignore_regions is null
          and (s.settled_by = 'AGREEMENT' or s.seat < 0 or exists (select from review_check c
            where c.campaign = s.campaign and c.round = s.round and c.image_id = s.image_id
              and c.seat = s.seat and c.version = s.version and c.verdict = 'ACCEPTED'))
          and not exists (select from review_answer later where later.campaign = s.campaign
            and later.image_id = s.image_id and later.round > s.round)
      )
      """;

  /** Nobody is asked for what they have seen, and nothing that people are asked for anyway. */
  static final String CANDIDATES =
      KNOWN
          + """
          select image_id from known k
          where not exists (select from review_answer r where r.campaign = :campaign
              and r.image_id = k.image_id and r.reviewer = :person)
            and not exists (select from probe p where p.campaign = :campaign
              and p.image_id = k.image_id and p.person = :person)
            and not exists (select from review_check c where c.campaign = :campaign
              and c.image_id = k.image_id and c.checker = :person)
            and not exists (select from review_image i
              join review_batch b using (campaign, round, batch)
              where i.campaign = :campaign and i.image_id = k.image_id and b.state = 'OPEN')
            and not exists (select from quarantine q
              where q.campaign = :campaign and q.file = k.path)
          """;

  private static final String INSERT =
      KNOWN
          + """
          insert into probe (campaign, person, image_id, place, round, batch, blind, truth,
            proposals)
          select :campaign, :person, k.image_id, :place, :round, :batch, :blind, k.truth,
            coalesce(
              (select boxes from prediction p where p.campaign = :campaign and p.round = k.round
                and p.image_id = k.image_id),
              (select boxes from holdout_prediction h where h.campaign = :campaign
                and h.image_id = k.image_id and h.model = (select model from prediction_shard
                  where campaign = :campaign and round = :round limit 1)),
              :nothing)
          from known k where k.image_id = :image
          on conflict do nothing
          """;

  /** One whose batch has closed comes again among those of an open one. */
  private static final String OFFER =
      """
      with offered as (update probe p set
        round = case b.state when 'OPEN' then p.round else :round end,
        batch = case b.state when 'OPEN' then p.batch else :batch end,
        until = :until,
        lease = coalesce(p.lease, gen_random_uuid())
      from review_batch b
      where p.campaign = :campaign and p.person = :person
        and b.campaign = p.campaign and b.round = p.round and b.batch = p.batch
        and p.image_id in (select image_id from probe o
          where o.campaign = :campaign and o.person = :person
            and encode(o.image_id, 'hex') <> all(:holds)
            and not exists (select from probe_answer a where a.campaign = o.campaign
              and a.person = o.person and a.image_id = o.image_id)
          order by o.place limit :count)
      returning p.place, p.round, p.batch, p.image_id, p.lease, p.until)
      select * from offered order by place
      """;

  private final Database database;

  public ProbeDrawRepository(Database database) {
    this.database = database;
  }

  /**
   * Known answers that a person gets now, instead of as many images of batches; none while no batch
   * is open. What was drawn and not answered comes until it is.
   *
   * @param holds images that the person has before them already
   * @param count most images wanted
   */
  public List<Leased> due(CampaignSpec spec, String person, Collection<ImageId> holds, int count) {
    Map<String, Object> key = new HashMap<>();
    key.put("campaign", spec.name().value());
    key.put("person", person);
    key.put("holds", holds.stream().map(ImageId::value).toArray(String[]::new));
    return database.inTransaction(
        handle ->
            openBatch(handle, spec.name(), key)
                .map(
                    batch -> {
                      draw(handle, spec, person, key, batch, holds.size(), count);
                      return offer(handle, key, batch, count);
                    })
                .orElse(List.of()));
  }

  private static Optional<BatchId> openBatch(
      Handle handle, CampaignName campaign, Map<String, ?> key) {
    return handle
        .createQuery(OPEN_BATCH)
        .bindMap(key)
        .map((row, context) -> batch(campaign, row))
        .findOne();
  }

  private static BatchId batch(CampaignName campaign, ResultSet row) throws SQLException {
    return new RoundId(campaign, row.getInt("round")).batch(row.getInt("batch"));
  }

  /**
   * How many known answers a person gets beside the images that wait, if nobody else works: at most
   * as many as are known and new to the person. It falls by one with each of them that is answered
   * and stays with each image of a batch, so that the sum of both tells no difference.
   *
   * @param waiting images of batches
   */
  public int ahead(CampaignSpec spec, String person, int waiting) {
    return database.inTransaction(
        handle -> ProbeAheadRepository.ahead(handle, spec, person, waiting));
  }

  /** One draw for each image of a batch; a repeated call draws nothing new. */
  private static void draw(
      Handle handle,
      CampaignSpec spec,
      String person,
      Map<String, ?> key,
      BatchId batch,
      int holds,
      int count) {
    int own = handle.createQuery(OWN_AMONG).bindMap(key).mapTo(Integer.class).one();
    int answered = handle.createQuery(ANSWERED).bindMap(key).mapTo(Integer.class).one();
    int next = answered + holds - own;
    Set<Integer> drawn =
        Set.copyOf(handle.createQuery(PLACES).bindMap(key).mapTo(Integer.class).list());
    for (int place = next; place < next + count; place++) {
      if (Slices.isProbed(spec, person, place) && !drawn.contains(place)) {
        insert(handle, spec, person, key, batch, place);
      }
    }
  }

  private static void insert(
      Handle handle,
      CampaignSpec spec,
      String person,
      Map<String, ?> key,
      BatchId batch,
      int place) {
    List<ImageId> images =
        handle
            .createQuery(CANDIDATES)
            .bindMap(key)
            .map((row, context) -> Ids.image(row.getBytes("image_id")))
            .list();
    if (images.isEmpty()) {
      return; // nothing is known that this person has not seen
    }
    handle
        .createUpdate(INSERT)
        .bindMap(key)
        .bindMap(Ids.key(batch.round()))
        .bind("batch", batch.index())
        .bind("place", place)
        .bind("image", Ids.bytes(Slices.probe(spec, person, place, images)))
        .bind("blind", Slices.isBlindProbe(spec, person, place))
        .bind("nothing", PackedBoxes.ofDetections(List.of()))
        .execute();
  }

  private static List<Leased> offer(Handle handle, Map<String, ?> key, BatchId batch, int count) {
    return handle
        .createQuery(OFFER)
        .bindMap(key)
        .bindMap(Ids.key(batch.round()))
        .bind("batch", batch.index())
        .bind("count", count)
        .bind("until", Instant.now().plus(LeaseRepository.TERM).atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Leased(
                    batch(batch.round().campaign(), row),
                    Ids.image(row.getBytes("image_id")),
                    0,
                    new Lease(
                        row.getObject("lease", UUID.class), row.getTimestamp("until").toInstant())))
        .list();
  }
}
