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
import java.util.function.BooleanSupplier;
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

  /**
   * For the last look of all: longer than a campaign's server takes, and nobody minds at the end.
   */
  private static final Duration LAST_LOOK = Duration.ofSeconds(2);

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
    listener.drop();
    forget(listener);
  }

  private void forget(Listener listener) {
    Topic topic = topics.get(listener.campaign());
    if (topic != null && topic.listeners.remove(listener)) {
      listening--;
    }
  }

  /** The number of listeners, for tests. */
  synchronized int listening() {
    return listening;
  }

  /**
   * Tells all who listen where their campaign is at last, and that there is nothing more to come.
   */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    try {
      waitFor(LAST_LOOK, topics::isEmpty);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever closes is in a hurry
    }
    Set.copyOf(topics.values()).forEach(this::end);
  }

  private synchronized void end(Topic topic) {
    for (Listener listener : Set.copyOf(topic.listeners)) {
      listener.end();
      forget(listener);
    }
    topics.remove(topic.campaign, topic);
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
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
    waitFor(every, () -> closed || topic.listeners.isEmpty());
    if (topic.listeners.isEmpty()) {
      end(topic);
      return false;
    }
    return true;
  }

  /** Waits until it is so, but no longer than that. */
  private synchronized void waitFor(Duration longest, BooleanSupplier so)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    for (long left = longest.toNanos();
        left > 0 && !so.getAsBoolean();
        left = end - System.nanoTime()) {
      wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
    }
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
        boolean last;
        do {
          last = isClosed(); // asked before the look, so that one comes after the end
          tell(this, now());
        } while (!last && goesOn(this));
        end(this);
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
