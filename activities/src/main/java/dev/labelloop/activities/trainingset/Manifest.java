package dev.labelloop.activities.trainingset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
import dev.labelloop.label.LabelledBox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a model is trained on, as canonical JSON lines: sorted by image, boxes sorted within, no
 * times. Equal labels give equal text and so an equal id, whoever stored them in which order.
 *
 * @param items sorted by image
 */
public record Manifest(List<Item> items) {
  /** Jackson writes numbers itself, for the JDK's own way to print a double changed with 19. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build());

  private static final Comparator<LabelledBox> BOX_ORDER =
      Comparator.comparingInt(LabelledBox::classIndex)
          .thenComparingDouble(b -> b.box().x())
          .thenComparingDouble(b -> b.box().y())
          .thenComparingDouble(b -> b.box().width())
          .thenComparingDouble(b -> b.box().height());

  public Manifest {
    items = items.stream().sorted(Comparator.comparing(Item::image)).toList();
  }

  /** Who made an image's labels. */
  public enum Origin {
    ANNOTATION,
    PSEUDO_LABEL
  }

  /** One image. */
  public record Item(
      ImageId image, Origin origin, List<LabelledBox> boxes, List<LabelledBox> ignore) {
    public Item {
      boxes = boxes.stream().sorted(BOX_ORDER).toList();
      ignore = ignore.stream().sorted(BOX_ORDER).toList();
    }
  }

  /** The manifest without these images. */
  Manifest without(Set<ImageId> images) {
    return new Manifest(items.stream().filter(item -> !images.contains(item.image())).toList());
  }

  /** SHA-256 of the text. */
  public TrainingSetId id() {
    return new TrainingSetId(Sha256.hex(text().getBytes(StandardCharsets.UTF_8)));
  }

  /** The canonical text, a line an image. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Item item : items) {
      ObjectNode line = JSON.createObjectNode();
      line.put("image", item.image().value());
      line.put("origin", item.origin().name());
      write(line.putArray("boxes"), item.boxes());
      write(line.putArray("ignore"), item.ignore());
      out.append(write(line)).append('\n');
    }
    return out.toString();
  }

  private static String write(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is plain data", e);
    }
  }

  private static void write(ArrayNode into, List<LabelledBox> boxes) {
    for (LabelledBox b : boxes) {
      into.addArray()
          .add(b.classIndex())
          .add(b.box().x())
          .add(b.box().y())
          .add(b.box().width())
          .add(b.box().height());
    }
  }

  /** The manifest of a stored text. */
  public static Manifest parse(String text) {
    return new Manifest(text.lines().map(Manifest::item).toList());
  }

  private static Item item(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return new Item(
          new ImageId(node.get("image").asText()),
          Origin.valueOf(node.get("origin").asText()),
          boxes(node.get("boxes")),
          boxes(node.get("ignore")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored manifest cannot be read", e);
    }
  }

  private static List<LabelledBox> boxes(JsonNode nodes) {
    List<LabelledBox> all = new ArrayList<>();
    for (JsonNode n : nodes) {
      Box box =
          new Box(
              n.get(1).asDouble(), n.get(2).asDouble(), n.get(3).asDouble(), n.get(4).asDouble());
      all.add(new LabelledBox(box, n.get(0).asInt()));
    }
    return all;
  }
}
