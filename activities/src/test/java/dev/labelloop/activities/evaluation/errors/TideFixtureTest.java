package dev.labelloop.activities.evaluation.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.Shared;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Against tidecv 1.0.1 on the same boxes: no crowds, no empty boxes, no twins of an object, classes
 * with objects only, at most 100 detections a class and image, no two equal confidences.
 *
 * <p>Where two confidences are equal tidecv ranks by no rule, and otherwise after mending than
 * before; of twins it pairs the first where COCO's evaluation pairs the later. Its figures here are
 * read at numpy's recall points, as COCO's are: its own differ in the last bit, and by that in AP50
 * by 0.0002. A detection with IoU .50 exactly on an object that was found already is an error of
 * location for tidecv, and a duplicate here: four of them.
 */
class TideFixtureTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<ErrorType, Double> GAINS =
      Map.of(
          ErrorType.CLASS, 0.0968357552556,
          ErrorType.LOCATION, 0.0248876024075,
          ErrorType.BOTH, 0.0073902544218,
          ErrorType.DUPLICATE, 0.0321453576796,
          ErrorType.BACKGROUND, 0.1080609920775,
          ErrorType.MISSED, 0.0376035610277);

  private final List<Integer> categories = new ArrayList<>();
  private final Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
  private final List<JsonNode> rows = new ArrayList<>();

  @Test
  void givesTheCountsAndGainsOfTidecv() throws IOException {
    read(Shared.path("fixtures/coco-eval"));

    ErrorTypes types =
        ErrorTypes.of(errors(withoutTies()), categories.stream().map(String::valueOf).toList());

    assertThat(types.counts())
        .isEqualTo(
            Map.of(
                ErrorType.CLASS, 452,
                ErrorType.LOCATION, 1332 - 4,
                ErrorType.BOTH, 3214,
                ErrorType.DUPLICATE, 1117 + 4,
                ErrorType.BACKGROUND, 31595,
                ErrorType.MISSED, 225));
    assertThat(types.all().ap50()).isCloseTo(0.4602526452889, within(1e-12));
    GAINS.forEach(
        (type, gain) -> {
          boolean ofTheFour = type == ErrorType.LOCATION || type == ErrorType.DUPLICATE;
          assertThat(types.all().gains().get(type))
              .as(type.name())
              .isCloseTo(gain, within(ofTheFour ? 1e-4 : 1e-12));
        });
  }

  private void read(Path fixture) throws IOException {
    JsonNode gt = json(fixture.resolve("gt.json.gz"));
    gt.get("images").forEach(image -> truth.put(id(image.get("id")), new ArrayList<>()));
    List<JsonNode> objects = new ArrayList<>();
    gt.get("annotations").forEach(objects::add);
    objects.removeIf(o -> o.path("iscrowd").asInt() == 1 || isEmpty(o));
    TreeSet<Integer> used = new TreeSet<>();
    objects.forEach(o -> used.add(o.get("category_id").asInt()));
    categories.addAll(used);
    for (JsonNode o : objects) {
      LabelledBox object = new LabelledBox(box(o), category(o));
      if (!at(truth, o).contains(object)) {
        at(truth, o).add(object);
      }
    }
    json(fixture.resolve("dt.json.gz")).forEach(rows::add);
    rows.removeIf(d -> isEmpty(d) || category(d) < 0);
  }

  /** The same ranking, equal confidences by image and place, but each confidence once. */
  private Map<ImageId, List<Detection>> withoutTies() {
    int[] order =
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -score(rows.get(i)))
                    .thenComparingInt(i -> rows.get(i).get("image_id").asInt())
                    .thenComparingInt(i -> i))
            .mapToInt(i -> i)
            .toArray();
    Map<ImageId, List<Detection>> found = new TreeMap<>();
    for (int rank = 0; rank < order.length; rank++) {
      JsonNode row = rows.get(order[rank]);
      double confidence = (order.length - rank) / (order.length + 1.0);
      at(found, row).add(new Detection(box(row), category(row), confidence));
    }
    return found;
  }

  private Map<ImageId, ImageErrors> errors(Map<ImageId, List<Detection>> found) {
    Map<ImageId, ImageErrors> errors = new TreeMap<>();
    truth.forEach(
        (id, objects) ->
            errors.put(id, ImageErrors.of(objects, found.getOrDefault(id, List.of()))));
    return errors;
  }

  private static JsonNode json(Path file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }

  private static <T> List<T> at(Map<ImageId, List<T>> map, JsonNode row) {
    return map.computeIfAbsent(id(row.get("image_id")), id -> new ArrayList<>());
  }

  private static ImageId id(JsonNode number) {
    return new ImageId(String.format(Locale.ROOT, "%064x", number.asLong()));
  }

  private int category(JsonNode row) {
    return categories.indexOf(row.get("category_id").asInt());
  }

  private static double score(JsonNode row) {
    return row.get("score").asDouble();
  }

  private static boolean isEmpty(JsonNode row) {
    return row.get("bbox").get(2).asDouble() <= 0 || row.get("bbox").get(3).asDouble() <= 0;
  }

  private static Box box(JsonNode row) {
    JsonNode b = row.get("bbox");
    return new Box(
        b.get(0).asDouble(), b.get(1).asDouble(), b.get(2).asDouble(), b.get(3).asDouble());
  }
}
