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
import dev.labelloop.activities.review.LeaseRepository.Leased;
import dev.labelloop.activities.review.Seat.Lease;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Known answers: which people are asked for, and what they said. */
public final class ProbeRepository {
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

  private static final String ANSWERED =
      """
      select count(distinct (round, image_id)) from review_answer
      where campaign = :campaign and reviewer = :person and seat >= 0
      """;

  private static final String OWN_AMONG =
      """
      select count(*) from probe
      where campaign = :campaign and person = :person and encode(image_id, 'hex') = any(:holds)
      """;

  private static final String DRAWN =
      "select from probe where campaign = :campaign and person = :person and place = :place";

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
  private static final String CANDIDATES =
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
          insert into probe (campaign, person, image_id, place, round, batch, lease, blind, truth,
            proposals)
          select :campaign, :person, k.image_id, :place, :round, :batch, :lease, :blind, k.truth,
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
      update probe p set
        round = case b.state when 'OPEN' then p.round else :round end,
        batch = case b.state when 'OPEN' then p.batch else :batch end
      from review_batch b
      where p.campaign = :campaign and p.person = :person
        and b.campaign = p.campaign and b.round = p.round and b.batch = p.batch
        and p.image_id in (select image_id from probe o
          where o.campaign = :campaign and o.person = :person
            and encode(o.image_id, 'hex') <> all(:holds)
            and not exists (select from probe_answer a where a.campaign = o.campaign
              and a.person = o.person and a.image_id = o.image_id)
          order by o.place limit :count)
      returning p.round, p.batch, p.image_id, p.lease
      """;

  private static final String FIND =
      """
      select p.lease, p.blind, p.truth, p.proposals, i.image_id, i.path, i.width, i.height,
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
    for (int place = next; place < next + count; place++) {
      if (Slices.isProbed(spec, person, place) && isFree(handle, key, place)) {
        insert(handle, spec, person, key, batch, place);
      }
    }
  }

  private static boolean isFree(Handle handle, Map<String, ?> key, int place) {
    return handle.createQuery(DRAWN).bindMap(key).bind("place", place).mapToMap().list().isEmpty();
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
        .bind("lease", UUID.randomUUID())
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
        .map(
            (row, context) ->
                new Leased(
                    batch(batch.round().campaign(), row),
                    Ids.image(row.getBytes("image_id")),
                    0,
                    lease(row)))
        .list();
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(row.getObject("lease", UUID.class), Instant.now().plus(LeaseRepository.TERM));
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
