package dev.labelloop.activities.evaluation.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Counts labels by class and source, beside what the champion scores. */
public final class ClassCountRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String COUNTS =
      "select holdout, class_index, source, count(*) as boxes from ("
          + "select i.holdout, label_classes(a.boxes) as class_index, "
          + Source.sql("a.image_id", "a.maker", "null")
          + """
           as source
          from current_annotation a join image i using (campaign, image_id)
          where campaign = :campaign
          union all
          select false, label_classes(p.boxes), 'MODEL'
          from pseudo_label p
          where campaign = :campaign
            and round = (select max(round) from label_result where campaign = :campaign)
            and not exists (select from current_annotation a
              where a.campaign = :campaign and a.image_id = p.image_id)) labelled
          group by holdout, class_index, source
          """;

  /** Of the champion in use. */
  private static final String CLASS_AP =
      """
      select class_ap::text from holdout_score
      where campaign = :campaign and model = (select model from champion_change
        where campaign = :campaign order by number desc limit 1)
      """;

  private final Database database;

  public ClassCountRepository(Database database) {
    this.database = database;
  }

  /**
   * A class.
   *
   * @param ap the champion's, a fraction in [0, 1]; null if the holdout has none of it or nothing
   *     is measured
   * @param objects in the holdout
   * @param labels current boxes of the pool by source
   */
  public record ClassRow(
      String name, @Nullable Double ap, int objects, Map<Source, Integer> labels) {}

  /**
   * A row for each class, in their order.
   *
   * @param classes of the campaign
   */
  public List<ClassRow> rows(CampaignName campaign, List<String> classes) {
    return database.inSnapshot(
        handle -> {
          Map<String, Double> ap = classAp(handle, campaign);
          List<ClassRow> rows = new ArrayList<>();
          int[] objects = new int[classes.size()];
          List<Map<Source, Integer>> labels = new ArrayList<>();
          classes.forEach(name -> labels.add(new EnumMap<>(Source.class)));
          counts(handle, campaign)
              .forEach(
                  count -> {
                    if (count.holdout) {
                      objects[count.classIndex] += count.boxes;
                    } else {
                      labels.get(count.classIndex).merge(count.source, count.boxes, Integer::sum);
                    }
                  });
          for (int k = 0; k < objects.length; k++) {
            String name = classes.get(k);
            rows.add(new ClassRow(name, ap.get(name), objects[k], labels.get(k)));
          }
          return rows;
        });
  }

  private record Count(boolean holdout, int classIndex, Source source, int boxes) {}

  private static List<Count> counts(Handle handle, CampaignName campaign) {
    return handle
        .createQuery(COUNTS)
        .bind("campaign", campaign.value())
        .map(
            (row, context) ->
                new Count(
                    row.getBoolean("holdout"),
                    row.getInt("class_index"),
                    Source.valueOf(row.getString("source")),
                    row.getInt("boxes")))
        .list();
  }

  private static Map<String, Double> classAp(Handle handle, CampaignName campaign) {
    Map<String, Double> ap = new HashMap<>();
    handle
        .createQuery(CLASS_AP)
        .bind("campaign", campaign.value())
        .mapTo(String.class)
        .findOne()
        .map(ClassCountRepository::read)
        .ifPresent(
            json ->
                json.properties().stream()
                    .filter(entry -> entry.getValue().isNumber())
                    .forEach(entry -> ap.put(entry.getKey(), entry.getValue().doubleValue())));
    return ap;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored APs cannot be read: " + text, e);
    }
  }
}
