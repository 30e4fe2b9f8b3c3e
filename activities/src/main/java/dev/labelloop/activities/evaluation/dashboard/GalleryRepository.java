package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.evaluation.dashboard.Gallery.Marked;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Order;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Place;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Tile;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Wanted;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.jdbc.PackedBoxes;
import dev.labelloop.core.CampaignName;
import dev.labelloop.prediction.Detection;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads images with their present labels, filtered and in pages. */
public final class GalleryRepository {
  /** Of the pseudo-labels, those of the newest round stand, where no person has said more. */
  private static final String IMAGES =
      "select * from (select i.image_id, i.path, i.width, i.height, i.holdout,"
          + " coalesce(a.maker, case when l.image_id is not null then 'model' end) as maker,"
          + " coalesce(a.round, l.round) as round, a.boxes as human, l.boxes as pseudo,"
          + " p.boxes as found, 1 - p.uncertainty as certainty, w.touched, s.suspicions, "
          + Source.sql("a.image_id", "a.maker", "l.image_id")
          + " as source, "
          + """
          case :order
            when 'CERTAINTY' then coalesce(1 - p.uncertainty, 2)
            when 'DISAGREEMENT' then -coalesce(w.touched, 0)
            else 0 end::double precision as key
          from image i
          left join current_annotation a using (campaign, image_id)
          left join pseudo_label l on l.campaign = i.campaign and l.image_id = i.image_id
            and a.image_id is null
            and l.round = (select max(round) from label_result where campaign = :campaign)
          left join lateral (select uncertainty, boxes from prediction
            where campaign = i.campaign and image_id = i.image_id
            order by round desc limit 1) p on not i.holdout
          left join lateral (select touched from review_answer
            where campaign = i.campaign and image_id = i.image_id
            order by round desc, version desc limit 1) w on true
          left join lateral (select count(*) as suspicions from suspicion
            where campaign = i.campaign and image_id = i.image_id) s on true
          where i.campaign = :campaign
            and not exists (select from quarantine q
              where q.campaign = i.campaign and q.file = i.path)) shown
          where true""";

  private static final String OF_CLASS =
      """

      and case when source <> 'NONE' then :class in (select label_classes(coalesce(human, pseudo)))
        else :class in (select detection_classes(found, :shownFrom)) end""";

  private static final String PAGE = " order by key, image_id limit :limit";

  private final Database database;

  public GalleryRepository(Database database) {
    this.database = database;
  }

  /**
   * A page.
   *
   * @param after where the page before ended; null for the first
   * @param limit images at most, from 1
   */
  public Gallery page(
      CampaignName campaign, Wanted wanted, Order order, @Nullable Place after, int limit) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder query = new StringBuilder(IMAGES);
    filter(query, values, wanted);
    if (after != null) {
      query.append(" and (key, image_id) > (:key, :after)");
      values.put("key", after.key());
      values.put("after", Ids.bytes(after.image()));
    }
    List<Placed> rows =
        database.inTransaction(
            handle ->
                handle
                    .createQuery(query.append(PAGE).toString())
                    .bind("campaign", campaign.value())
                    .bind("order", order.name())
                    .bindMap(values)
                    .bind("limit", limit + 1) // one more tells whether there is more
                    .map((row, context) -> new Placed(row.getDouble("key"), tile(row)))
                    .list());
    boolean more = rows.size() > limit;
    List<Placed> shown = more ? rows.subList(0, limit) : rows;
    Placed last = shown.isEmpty() ? null : shown.get(shown.size() - 1);
    return new Gallery(
        shown.stream().map(Placed::tile).toList(),
        more && last != null ? new Place(last.key, last.tile.image()) : null);
  }

  private record Placed(double key, Tile tile) {}

  private static void filter(StringBuilder query, Map<String, Object> values, Wanted wanted) {
    add(query, values, " and source = :source", "source", name(wanted.source()));
    add(query, values, " and holdout = :holdout", "holdout", wanted.holdout());
    add(query, values, " and round = :round", "round", wanted.round());
    add(query, values, " and certainty >= :from", "from", wanted.from());
    add(query, values, " and certainty <= :to", "to", wanted.to());
    add(query, values, OF_CLASS, "class", wanted.classIndex());
    if (wanted.classIndex() != null) {
      values.put("shownFrom", shownFrom());
    }
    if (wanted.disagreement()) {
      query.append(" and (touched > 0 or suspicions > 0)");
    }
  }

  private static void add(
      StringBuilder query,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      query.append(condition);
      values.put(name, value);
    }
  }

  private static @Nullable String name(@Nullable Source source) {
    return source == null ? null : source.name();
  }

  private static byte[] shownFrom() {
    return ByteBuffer.allocate(Float.BYTES).putFloat((float) Detection.SHOWN_FROM).array();
  }

  private static Tile tile(ResultSet row) throws SQLException {
    Double certainty = row.getObject("certainty", Double.class);
    return new Tile(
        Ids.image(row.getBytes("image_id")),
        row.getString("path"),
        row.getInt("width"),
        row.getInt("height"),
        row.getBoolean("holdout"),
        Source.valueOf(row.getString("source")),
        row.getString("maker"),
        row.getObject("round", Integer.class),
        certainty == null ? null : (Double) Math.max(0, Math.min(1, certainty)),
        row.getObject("touched", Integer.class),
        row.getInt("suspicions"),
        boxes(row.getBytes("human"), row.getBytes("pseudo"), row.getBytes("found")));
  }

  private static List<Marked> boxes(
      byte @Nullable [] human, byte @Nullable [] pseudo, byte @Nullable [] found) {
    byte[] label = human != null ? human : pseudo;
    if (label != null) {
      return PackedBoxes.labels(label).stream()
          .map(b -> new Marked(b.box(), b.classIndex(), null))
          .toList();
    }
    List<Marked> shown = new ArrayList<>();
    if (found != null) {
      PackedBoxes.detections(found).stream()
          .filter(Detection::shown)
          .forEach(d -> shown.add(new Marked(d.box(), d.classIndex(), d.confidence())));
    }
    return shown;
  }
}
