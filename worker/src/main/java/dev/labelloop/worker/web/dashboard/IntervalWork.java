package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.evaluation.gate.MapIntervals;
import dev.labelloop.core.CampaignName;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures intervals that somebody wants to see, one campaign after the other, behind the page. */
final class IntervalWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IntervalWork.class);

  private final MapIntervals intervals;
  private final Set<CampaignName> asked = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread t = new Thread(work, "intervals");
            t.setDaemon(true);
            return t;
          });

  IntervalWork(MapIntervals intervals) {
    this.intervals = intervals;
  }

  /** Sees to it that a campaign's missing intervals are measured. */
  void ask(CampaignName campaign) {
    if (asked.add(campaign)) {
      thread.execute(() -> measure(campaign));
    }
  }

  private void measure(CampaignName campaign) {
    try {
      intervals.complete(campaign, this::goOn);
    } catch (CancellationException e) {
      LOG.info("the intervals of {} are measured another time", campaign);
    } catch (RuntimeException e) {
      LOG.warn(
          "the intervals of {} cannot be measured, the next who looks tries again", campaign, e);
    } finally {
      asked.remove(campaign);
    }
  }

  private void goOn() {
    if (closed) {
      throw new CancellationException("the server ends");
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdown();
  }
}
