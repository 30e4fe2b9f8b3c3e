package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import dev.labelloop.label.LabelResult;
import java.util.Map;
import java.util.TreeMap;

/** Reads how the acceptance of pseudo-labels went. */
public final class PseudoLabelRepository {
  private static final String RESULTS =
      """
      select round, pseudo_images, pseudo_boxes, ignore_regions, verified, precision, accepted,
        reason
      from label_result where campaign = :campaign order by round
      """;

  private final Database database;

  public PseudoLabelRepository(Database database) {
    this.database = database;
  }

  /** The results of all rounds, by round. */
  public Map<Integer, LabelResult> results(CampaignName campaign) {
    Map<Integer, LabelResult> results = new TreeMap<>();
    database.useTransaction(
        handle ->
            handle
                .createQuery(RESULTS)
                .bind("campaign", campaign.value())
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getInt("round"),
                            new LabelResult(
                                row.getInt("pseudo_images"),
                                row.getInt("pseudo_boxes"),
                                row.getInt("ignore_regions"),
                                row.getInt("verified"),
                                row.getObject("precision", Double.class),
                                row.getBoolean("accepted"),
                                row.getString("reason"))))
                .forEach(entry -> results.put(entry.getKey(), entry.getValue())));
    return results;
  }
}
