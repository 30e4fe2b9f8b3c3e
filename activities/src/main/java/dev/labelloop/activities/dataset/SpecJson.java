package dev.labelloop.activities.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.Amendment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A specification as canonical JSON: keys sorted, so that equal specifications hash equally. */
public final class SpecJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addDeserializer(Duration.class, new IsoDuration()))
          .build();

  private static final class IsoDuration extends FromStringDeserializer<Duration> {
    IsoDuration() {
      super(Duration.class);
    }

    @Override
    protected Duration _deserialize(
        String value, com.fasterxml.jackson.databind.DeserializationContext context) {
      return Duration.parse(value);
    }
  }

  /** Keys that came later, and what a specification means by leaving them out today. */
  private static final Map<String, String> LATER =
      Map.of(
          "selection.recheck",
          String.valueOf(CampaignSpec.Selection.DEFAULT_RECHECK),
          "review.quality.probes",
          String.valueOf(CampaignSpec.Quality.DEFAULT_PROBES),
          "review.quality.blind",
          String.valueOf(CampaignSpec.Quality.DEFAULT_BLIND),
          "review.quality.checks",
          String.valueOf(CampaignSpec.Quality.DEFAULT_CHECKS),
          "review.quality.bar",
          String.valueOf(CampaignSpec.Quality.DEFAULT_BAR));

  private SpecJson() {}

  /** The canonical text. */
  public static String write(CampaignSpec spec) {
    try {
      return JSON.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a specification is plain data", e);
    }
  }

  /** The specification of a stored text. */
  public static CampaignSpec read(String text) {
    try {
      return JSON.readValue(text, CampaignSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored specification cannot be read", e);
    }
  }

  /** What is amended, and no other key. */
  static String write(Amendment amendment) {
    try {
      return JSON.writeValueAsString(amendment);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an amendment is plain data", e);
    }
  }

  /** The amendment of a stored text. */
  public static Amendment readAmendment(String text) {
    try {
      return JSON.readValue(text, Amendment.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored amendment cannot be read: " + text, e);
    }
  }

  /** SHA-256 of the canonical text. */
  public static String hash(CampaignSpec spec) {
    return Sha256.hex(write(spec).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The first key, dotted, in which a specification differs from a stored text. A key that the text
   * cannot know, because it is from before, does not count as long as it has its default.
   */
  static Optional<String> firstDifference(String stored, CampaignSpec now) {
    Map<String, String> written = flat(tree(stored));
    Map<String, String> left = flat(read(stored));
    Map<String, String> right = flat(now);
    TreeMap<String, String> all = new TreeMap<>(left);
    all.putAll(right);
    return all.keySet().stream()
        .filter(
            key -> !left.getOrDefault(key, "nothing").equals(right.getOrDefault(key, "nothing")))
        .filter(
            key ->
                written.containsKey(key)
                    || !LATER.getOrDefault(key, "").equals(right.getOrDefault(key, "nothing")))
        .findFirst();
  }

  /** The value at a dotted key, as text. */
  static String value(CampaignSpec spec, String key) {
    return flat(spec).getOrDefault(key, "nothing");
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the stored specification cannot be read", e);
    }
  }

  private static Map<String, String> flat(CampaignSpec spec) {
    return flat(JSON.<JsonNode>valueToTree(spec));
  }

  private static Map<String, String> flat(JsonNode spec) {
    Map<String, String> all = new TreeMap<>();
    flatten("", spec, all);
    return all;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> all) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        flatten(
            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), all);
      }
    } else {
      all.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
