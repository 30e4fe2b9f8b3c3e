package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import java.util.ArrayList;
import java.util.List;

/**
 * A person's wish for images.
 *
 * @param holds images that lie before them already
 * @param count most images wanted
 */
record NextReader(CampaignName campaign, List<ImageId> holds, int count) {
  private static final List<String> FIELDS = List.of("campaign", "holds", "count");

  /** One before the person, and the next three. */
  private static final int MOST = 4;

  /** What several tabs may hold. */
  private static final int MOST_HELD = 100;

  static NextReader read(byte[] body) {
    JsonNode root = Fields.object(body, FIELDS);
    return new NextReader(campaign(root.path("campaign")), holds(root.path("holds")), count(root));
  }

  private static CampaignName campaign(JsonNode name) {
    try {
      return new CampaignName(name.asText());
    } catch (IllegalArgumentException e) {
      throw Fields.fault("campaign", name, "give the name of a campaign");
    }
  }

  private static List<ImageId> holds(JsonNode keys) {
    if (keys.isMissingNode() || keys.isNull()) {
      return List.of();
    }
    if (!keys.isArray() || keys.size() > MOST_HELD) {
      throw Fields.fault("holds", keys, "send a list of " + MOST_HELD + " keys at most");
    }
    List<ImageId> images = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).asText();
      try {
        images.add(new ImageId(key.substring(key.lastIndexOf('/') + 1)));
      } catch (IllegalArgumentException e) {
        throw Fields.fault("holds[" + i + "]", keys.get(i), "send the key of an image");
      }
    }
    return images;
  }

  private static int count(JsonNode root) {
    JsonNode value = root.path("count");
    if (Fields.isAbsent(root, "count")) {
      return 1;
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST) {
      throw Fields.fault("count", value, "give a whole number from 1 to " + MOST);
    }
    return value.intValue();
  }
}
