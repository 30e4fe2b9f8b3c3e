package dev.labelloop.worker.web.dashboard;

import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.web.dashboard.LiveCampaigns.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody who listens to a campaign. */
final class Listener {
  /** Seconds of news; who is further behind does not read. */
  private static final int MOST_WAITING = 8;

  /** Below what proxies and browsers take for a dead connection; also how a dead one is noticed. */
  private static final Duration PING = Duration.ofSeconds(15);

  /** After that the browser asks anew, so that who may no longer listen does not. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final CampaignName campaign;
  private final Queue<Event> waiting = new ArrayDeque<>();
  private boolean ended;

  Listener(CampaignName campaign) {
    this.campaign = campaign;
  }

  CampaignName campaign() {
    return campaign;
  }

  /** Leaves a word for the listener; false if too many wait already. */
  synchronized boolean offer(Event event) {
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.add(event);
    notifyAll();
    return true;
  }

  /** There is nothing more to come after what waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** There is nothing more to come, and what waits is not wanted. */
  synchronized void drop() {
    waiting.clear();
    end();
  }

  /**
   * Writes what is told as server-sent events, until there is nothing more to come.
   *
   * @throws IOException if the connection is gone
   */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < until) {
      Event event = next();
      if (event == null && hasEnded()) {
        return;
      }
      String text =
          event == null
              ? ": ping\n\n"
              : "event: " + event.name() + "\ndata: " + event.data() + "\n\n";
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Null if nothing came in time, or there is nothing more to come. */
  private synchronized @Nullable Event next() throws InterruptedException {
    long end = System.nanoTime() + PING.toNanos();
    for (long left = PING.toNanos();
        left > 0 && waiting.isEmpty() && !ended;
        left = end - System.nanoTime()) {
      wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
    }
    return waiting.poll();
  }

  private synchronized boolean hasEnded() {
    return ended && waiting.isEmpty();
  }
}
