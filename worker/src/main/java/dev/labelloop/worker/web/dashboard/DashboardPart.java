package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.account.Role;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What everybody may see of campaigns. */
public final class DashboardPart implements Part {
  static final String CAMPAIGN = "/api/campaigns/{campaign}";

  private final CampaignDesk desk;

  public DashboardPart(CampaignDesk desk) {
    this.desk = desk;
  }

  @Override
  public void close() {
    desk.close();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/api/campaigns",
        c -> {
          Caller.of(c, Role.VIEWER);
          Json.answer(c, desk.list());
        });
    show(routes, "", (c, name) -> desk.campaign(name));
    show(routes, "/report", (c, name) -> desk.report(name));
    show(routes, "/forecast", (c, name) -> desk.forecast(name));
    show(
        routes,
        "/gallery",
        (c, name) -> {
          CampaignSpec spec = open(c, name);
          return desk.gallery(name, GalleryQuery.of(c, spec.classes()));
        });
    show(
        routes,
        "/images/{image}",
        (c, name) -> {
          open(c, name);
          return desk.history(name, parsed(c.pathParam("image"), ImageId::new));
        });
  }

  /**
   * The specification of a campaign whose images somebody may look up. Who answers may not, while
   * some images are shown whose answer is known, or whose proposals are hidden: they are here.
   */
  private CampaignSpec open(Context context, CampaignName name) {
    CampaignSpec spec = desk.spec(name);
    CampaignSpec.Quality quality = spec.review().quality();
    if (Caller.of(context).role() == Role.REVIEWER && quality.probes() + quality.blind() > 0) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          "campaign '"
              + name
              + "' checks its reviewers by images whose answer is known: they do not look images up,"
              + " an OPERATOR does");
    }
    return spec;
  }

  private static void show(
      RoutesConfig routes, String below, BiFunction<Context, CampaignName, Object> view) {
    routes.get(
        CAMPAIGN + below,
        c -> {
          Caller.of(c, Role.VIEWER);
          Json.answer(c, view.apply(c, campaign(c)));
        });
  }

  /** The campaign in a request's path. */
  static CampaignName campaign(Context context) {
    return parsed(context.pathParam("campaign"), CampaignName::new);
  }

  private static <T> T parsed(String value, Function<String, T> type) {
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
