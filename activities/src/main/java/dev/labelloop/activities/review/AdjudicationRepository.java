package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Images on which people do not agree, for somebody to decide. */
public final class AdjudicationRepository {
  /** Everybody has answered, and nothing stands. */
  private static final String WAITING =
      """
      select i.round, i.batch, i.image_id from review_image i
      join review_batch b using (campaign, round, batch)
      where i.campaign = :campaign and b.state = 'OPEN'
        and not exists (select from review_answer a where a.campaign = i.campaign
          and a.round = i.round and a.image_id = i.image_id and a.settles)
        and (select count(*) from review_seat s where s.campaign = i.campaign
          and s.round = i.round and s.image_id = i.image_id and s.answered) >= :overlap
      order by i.round, i.batch, i.position limit :most
      """;

  private final Database database;

  public AdjudicationRepository(Database database) {
    this.database = database;
  }

  /**
   * An image on which people do not agree.
   *
   * @param agreement mean F1 over pairs of answers, in [0, 1]
   * @param answers newest of each seat, by seat
   */
  public record Disagreement(
      BatchId batch, ImageId image, double agreement, List<SeatAnswer> answers) {}

  /** What one of the people said. */
  public record SeatAnswer(int seat, Answer answer) {}

  /**
   * What waits for a decision, in the order of the batches.
   *
   * @param most wanted
   */
  public List<Disagreement> waiting(CampaignName campaign, int most) {
    return database.inSnapshot(
        handle ->
            handle
                .createQuery(WAITING)
                .bind("campaign", campaign.value())
                .bind("overlap", SeatRepository.rules(handle, campaign).overlap())
                .bind("most", most)
                .map(
                    (row, context) ->
                        disagreement(
                            handle,
                            new RoundId(campaign, row.getInt("round")).batch(row.getInt("batch")),
                            Ids.image(row.getBytes("image_id"))))
                .list());
  }

  private static Disagreement disagreement(Handle handle, BatchId batch, ImageId image) {
    List<Said> said =
        SettlementRepository.ofSeats(handle, SeatRepository.key(batch.round(), image));
    return new Disagreement(
        batch,
        image,
        Settlement.agreement(said),
        said.stream().map(one -> new SeatAnswer(one.seat(), one.answer())).toList());
  }
}
