package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.account.Role;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Part;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where campaigns are, as server-sent events, for as long as somebody listens. */
public final class LivePart implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(LivePart.class);

  /** What people feel as at once, and a campaign's server does not feel. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final CampaignDesk desk;
  private final LiveCampaigns live;

  public LivePart(CampaignDesk desk) {
    this.desk = desk;
    this.live = new LiveCampaigns(EVERY, desk::status);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(DashboardPart.CAMPAIGN + "/events", this::events);
  }

  private void events(Context context) {
    Caller.of(context, Role.VIEWER);
    CampaignName campaign = DashboardPart.campaign(context);
    desk.spec(campaign);
    Listener listener = live.listen(campaign);
    context
        .contentType("text/event-stream; charset=utf-8")
        .header("X-Accel-Buffering", "no"); // proxies would hold events back
    try {
      listener.writeTo(context.res().getOutputStream()); // Javalin's own never flushes
    } catch (IOException e) { // the page was closed
      LOG.debug("a listener to {} has gone", campaign, e);
    } catch (InterruptedException e) { // the server ends
      Thread.currentThread().interrupt();
    } finally {
      live.leave(listener);
    }
  }

  @Override
  public void stopping() {
    live.close();
  }
}
