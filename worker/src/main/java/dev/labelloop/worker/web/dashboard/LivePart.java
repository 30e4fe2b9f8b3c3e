package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.account.Role;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Part;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where campaigns are, as server-sent events, for as long as somebody listens. */
public final class LivePart implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(LivePart.class);

  /** What people feel as at once, and a campaign's server does not feel. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final CampaignDesk desk;
  private final LiveCampaigns live;

  private final ExecutorService writers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "live-writer");
            thread.setDaemon(true);
            return thread;
          });

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
    CompletableFuture<Void> over = new CompletableFuture<>();
    context.future(
        () -> {
          writers.execute(() -> write(listener, context, over));
          return over;
        });
  }

  private void write(Listener listener, Context context, CompletableFuture<Void> over) {
    try {
      OutputStream out = context.res().getOutputStream();
      listener.writeTo(out);
    } catch (IOException e) { // the page was closed
      LOG.debug("a listener to {} has gone", listener.campaign(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      live.leave(listener);
      over.complete(null);
    }
  }

  @Override
  public void close() {
    live.close();
    writers.shutdown();
  }
}
