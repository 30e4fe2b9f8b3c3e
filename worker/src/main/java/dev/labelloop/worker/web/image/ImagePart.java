package dev.labelloop.worker.web.image;

import dev.labelloop.activities.account.Role;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;

/** Hands out pictures: {@code /api/images/CAMPAIGN/ID}, smaller with {@code ?side=256}. */
public final class ImagePart implements Part {
  /** A tile of a gallery, a look, and as much as a screen shows; few, so that copies are shared. */
  private static final List<String> SIDES = List.of("256", "1024", "2048");

  private final ImageFiles files;

  public ImagePart(ImageFiles files) {
    this.files = files;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/images/{campaign}/{image}", this::image);
  }

  private void image(Context context) {
    Caller.of(context, Role.VIEWER);
    CampaignName campaign = parsed(context.pathParam("campaign"), CampaignName::new);
    ImageId id = parsed(context.pathParam("image"), ImageId::new);
    String side = context.queryParam("side");
    byte[] bytes =
        side == null ? files.bytes(campaign, id) : files.scaled(campaign, id, pixels(side));
    context
        .header("Content-Security-Policy", "sandbox")
        .header("Cache-Control", "private, max-age=31536000, immutable") // the id is the content
        .contentType(ImageFiles.mediaType(bytes))
        .result(bytes);
  }

  private static int pixels(String side) {
    if (!SIDES.contains(side)) {
      throw Refusal.badRequest(
          "side = " + side + ": use " + String.join(", ", SIDES) + ", or leave it out");
    }
    return Integer.parseInt(side);
  }

  private static <T> T parsed(String value, Function<String, T> type) {
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
