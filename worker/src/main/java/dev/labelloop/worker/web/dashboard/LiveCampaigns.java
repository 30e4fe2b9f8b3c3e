package dev.labelloop.worker.web.dashboard;

import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners where campaigns are, at once and whenever it changes. A campaign that somebody
 * listens to is looked at by one thread, however many listen; a listener who does not take what is
 * told is dropped, and nobody waits for it.
 */
final class LiveCampaigns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveCampaigns.class);

  /** Each holds a thread of the server, which has 250; enough for all who look on. */
  private static final int MOST_LISTENERS = 100;

  private final Duration every;
  private final Function<CampaignName, StatusView> look;
  private final Map<CampaignName, Topic> topics = new HashMap<>();
  private int listening;
  private boolean closed;

  /**
   * Tells where campaigns are.
   *
   * @param every from one look to the next
   * @param look throws {@link Refusal} where that cannot be told
   */
  LiveCampaigns(Duration every, Function<CampaignName, StatusView> look) {
    this.every = every;
    this.look = look;
  }

  /** A word to listeners: {@code status}, or {@code trouble} where nobody can tell. */
  record Event(String name, String data) {}

  private record Trouble(String error) {}

  /** Begins to listen. */
  synchronized Listener listen(CampaignName campaign) {
    if (closed || listening >= MOST_LISTENERS) {
      throw Refusal.of(
          HttpStatus.SERVICE_UNAVAILABLE, "too many listen at the moment: try again in a minute");
    }
    listening++;
    return topics.computeIfAbsent(campaign, Topic::new).add();
  }

  /** Ends listening; once more does nothing. */
  synchronized void leave(Listener listener) {
    Topic topic = topics.get(listener.campaign());
    if (topic != null && topic.listeners.remove(listener)) {
      listening--;
    }
    listener.end();
  }

  /** The number of listeners, for tests. */
  synchronized int listening() {
    return listening;
  }

  @Override
  public synchronized void close() {
    closed = true;
    topics.values().forEach(topic -> Set.copyOf(topic.listeners).forEach(this::leave));
    notifyAll();
  }

  /** Says something to all who listen; whoever does not take it is dropped. */
  private synchronized void tell(Topic topic, Event event) {
    if (event.equals(topic.last)) {
      return;
    }
    topic.last = event;
    for (Listener listener : Set.copyOf(topic.listeners)) {
      if (!listener.offer(event)) {
        LOG.info("a listener to {} does not read and is dropped", topic.campaign);
        leave(listener);
      }
    }
  }

  /** Waits for the next look; false if nobody listens any more, and the topic is over. */
  private synchronized boolean goesOn(Topic topic) throws InterruptedException {
    long next = System.nanoTime() + every.toNanos();
    for (long left = every.toNanos();
        left > 0 && !topic.listeners.isEmpty();
        left = next - System.nanoTime()) {
      wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
    }
    if (topic.listeners.isEmpty()) {
      topics.remove(topic.campaign, topic);
      return false;
    }
    return true;
  }

  /** One campaign that somebody listens to; guarded by the whole. */
  private final class Topic {
    private final CampaignName campaign;
    private final Set<Listener> listeners = new HashSet<>();
    private @Nullable Event last;

    Topic(CampaignName campaign) {
      this.campaign = campaign;
      Thread thread = new Thread(this::follow, "live-" + campaign);
      thread.setDaemon(true);
      thread.start();
    }

    private Listener add() {
      Listener listener = new Listener(campaign);
      listeners.add(listener);
      if (last != null) {
        listener.offer(last);
      }
      return listener;
    }

    private void follow() {
      try {
        do {
          tell(this, now());
        } while (goesOn(this));
      } catch (InterruptedException e) {
        LOG.warn("nobody looks at {} any more", campaign, e);
      }
    }

    private Event now() {
      try {
        return event("status", look.apply(campaign));
      } catch (Refusal e) {
        return event("trouble", new Trouble(String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        LOG.warn("campaign {} cannot be looked at", campaign, e);
        return event("trouble", new Trouble("this failed here, the log says why"));
      }
    }
  }

  private static Event event(String name, Object data) {
    return new Event(name, new String(Json.write(data), StandardCharsets.UTF_8));
  }
}
