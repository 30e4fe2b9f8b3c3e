package dev.labelloop.worker.web.review;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.Context;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names in addresses; what cannot be one is refused. */
final class Paths {
  private Paths() {}

  static CampaignName campaign(Context context) {
    return parsed(context.pathParam("campaign"), CampaignName::new);
  }

  /** A campaign named in the query. */
  static CampaignName campaign(Context context, @Nullable String name) {
    if (name == null) {
      throw Refusal.badRequest("campaign is missing: ask " + context.path() + "?campaign=NAME");
    }
    return parsed(name, CampaignName::new);
  }

  static BatchId batch(Context context) {
    String id =
        String.join(
            "/",
            context.pathParam("campaign"),
            context.pathParam("round"),
            context.pathParam("batch"));
    return parsed(
        id,
        value -> {
          BatchId read = new BatchId(value);
          return read.round().batch(read.index()); // r007 is r7
        });
  }

  static ImageId image(Context context) {
    return parsed(context.pathParam("image"), ImageId::new);
  }

  private static <T> T parsed(String value, Function<String, T> type) {
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
