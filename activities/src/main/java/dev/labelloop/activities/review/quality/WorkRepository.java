package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what people did, and what their time went into. */
public final class WorkRepository {
  /** Rows in memory at a time. */
  private static final int ROWS_AT_ONCE = 2_000;

  private static final String GIVEN =
      """
      select a.round, a.image_id, i.purpose, a.seat, a.version, a.reviewer, a.outcome, a.boxes,
        a.ignore_regions is null as whole, p.boxes as found, before.boxes as before, a.seconds,
        t.hasty,
        not exists (select from review_answer later where later.campaign = a.campaign
          and later.round = a.round and later.image_id = a.image_id and later.seat = a.seat
          and later.reviewer = a.reviewer and later.version > a.version) as newest
      from review_answer a join review_image i using (campaign, round, image_id)
      left join prediction p using (campaign, round, image_id)
      left join review_timing t using (campaign, round, image_id, seat, version)
      left join lateral (select boxes from annotation b where b.campaign = a.campaign
          and b.image_id = a.image_id and b.round < a.round
        order by b.version desc limit 1) before on true
      where a.campaign = :campaign and a.seat >= 0
      order by a.stored_at, a.round, a.image_id, a.seat, a.version
      """;

  private static final String PROBES =
      """
      select person, count(distinct image_id) as probes, sum(wrong) as wrong,
        sum(wrong_accepted) as accepted, sum(hasty) as hasty
      from probe_answer where campaign = :campaign group by person
      """;

  private static final String SAID =
      """
      select distinct on (a.person, a.image_id) a.person, a.boxes, p.truth
      from probe_answer a join probe p using (campaign, person, image_id)
      where campaign = :campaign and a.f1 is not null
      order by a.person, a.image_id, a.version desc
      """;

  private static final String TIME =
      """
      select round, person, purpose, sum(seconds) as seconds from people_time
      where campaign = :campaign group by round, person, purpose order by round, person, purpose
      """;

  private static final String SETTLED =
      """
      select count(*) as images, count(*) filter (where settled) as settled,
        count(*) filter (where not settled and answers >= :overlap) as waiting
      from (select exists (select from review_answer a where a.campaign = i.campaign
            and a.round = i.round and a.image_id = i.image_id and a.settles) as settled,
          (select count(distinct a.seat) from review_answer a where a.campaign = i.campaign
            and a.round = i.round and a.image_id = i.image_id and a.seat >= 0) as answers
        from review_image i where i.campaign = :campaign) asked
      """;

  private static final String OPEN =
      """
      select p.boxes from review_batch b join review_image i using (campaign, round, batch)
      left join prediction p using (campaign, round, image_id)
      where b.campaign = :campaign and b.state = 'OPEN'
        and not exists (select from review_answer a where a.campaign = i.campaign
          and a.round = i.round and a.image_id = i.image_id and a.settles)
      """;

  private final Database database;

  public WorkRepository(Database database) {
    this.database = database;
  }

  /**
   * Reads all answers of people in the order in which they came.
   *
   * @param reader gets them as they come; what it returns must not lean on the stream
   */
  <T> T read(CampaignSpec spec, Function<Stream<Given>, T> reader) {
    CampaignName campaign = spec.name();
    return database.inTransaction(
        handle -> {
          try (Stream<Given> given =
              handle
                  .createQuery(GIVEN)
                  .setFetchSize(ROWS_AT_ONCE)
                  .bind("campaign", campaign.value())
                  .map(
                      (row, context) -> {
                        int round = row.getInt("round");
                        ImageId image = Ids.image(row.getBytes("image_id"));
                        Purpose purpose = Purpose.valueOf(row.getString("purpose"));
                        byte[] found = row.getBytes("found");
                        byte[] before = row.getBytes("before");
                        return new Given(
                            round,
                            image,
                            purpose,
                            row.getInt("seat"),
                            row.getInt("version"),
                            row.getBoolean("newest"),
                            row.getString("reviewer"),
                            ReviewOutcome.valueOf(row.getString("outcome")),
                            PackedBoxes.labels(row.getBytes("boxes")),
                            row.getBoolean("whole"),
                            found == null
                                ? List.of()
                                : PackedBoxes.detections(found).stream()
                                    .filter(Detection::shown)
                                    .toList(),
                            before == null ? null : PackedBoxes.labels(before),
                            Slices.isBlind(spec, new RoundId(campaign, round), image, purpose),
                            row.getDouble("seconds"),
                            row.getObject("hasty", Integer.class));
                      })
                  .stream()) {
            return reader.apply(given);
          }
        });
  }

  /**
   * A person's known answers.
   *
   * @param probes images answered, in all
   * @param wrong proposals shown that are no object of the truth
   * @param wrongAccepted those of them that the answers hold
   */
  public record Probed(int probes, int wrong, int wrongAccepted, int hasty) {
    static final Probed NONE = new Probed(0, 0, 0, 0);
  }

  /** By person. */
  Map<String, Probed> probed(CampaignName campaign) {
    Map<String, Probed> all = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(PROBES)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getString("person"),
                            new Probed(
                                row.getInt("probes"),
                                row.getInt("wrong"),
                                row.getInt("accepted"),
                                row.getInt("hasty"))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue())));
    return all;
  }

  /** What a person said of an image whose answer is known. */
  record Said(String person, List<LabelledBox> boxes, List<LabelledBox> truth) {}

  /** The newest words on known answers that were not skipped. */
  List<Said> said(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SAID)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        new Said(
                            row.getString("person"),
                            PackedBoxes.labels(row.getBytes("boxes")),
                            PackedBoxes.labels(row.getBytes("truth"))))
                .list());
  }

  /** People's seconds. */
  public record Worked(int round, String person, String purpose, double seconds) {}

  /** What all people's time went into. */
  List<Worked> worked(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(TIME)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        new Worked(
                            row.getInt("round"),
                            row.getString("person"),
                            row.getString("purpose"),
                            row.getDouble("seconds")))
                .list());
  }

  /**
   * How far answers stand.
   *
   * @param images that people were asked about
   * @param settled those of which an answer stands
   * @param waiting those that all have answered, but not alike
   */
  public record Settled(int images, int settled, int waiting) {}

  Settled settled(CampaignName campaign, int overlap) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(SETTLED)
                .bind("campaign", campaign.value())
                .bind("overlap", overlap)
                .map(
                    (row, context) ->
                        new Settled(
                            row.getInt("images"), row.getInt("settled"), row.getInt("waiting")))
                .one());
  }

  /** Boxes that are proposed on each image that waits. */
  List<Integer> waiting(CampaignName campaign) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(OPEN)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) -> {
                      byte[] boxes = row.getBytes("boxes");
                      return boxes == null
                          ? 0
                          : (int)
                              PackedBoxes.detections(boxes).stream()
                                  .filter(Detection::shown)
                                  .count();
                    })
                .list());
  }
}
