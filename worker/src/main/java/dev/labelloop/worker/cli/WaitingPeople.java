package dev.labelloop.worker.cli;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.review.Waiting;
import dev.labelloop.activities.review.WaitingRepository;
import dev.labelloop.core.CampaignName;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what waits for people, if PostgreSQL is known and answers; all else of a campaign can be
 * told without. The count is kept for some seconds.
 */
final class WaitingPeople implements Function<CampaignName, @Nullable Waiting>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingPeople.class);
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final @Nullable String url;
  private @Nullable Database database;
  private @Nullable Waiting last;
  private long asked;
  private boolean everAsked;

  /**
   * A counter.
   *
   * @param url of PostgreSQL; null if it is not known
   */
  WaitingPeople(@Nullable String url) {
    this.url = url;
  }

  @Override
  public @Nullable Waiting apply(CampaignName campaign) {
    if (url != null && (!everAsked || System.nanoTime() - asked > KEPT.toNanos())) {
      last = ask(url, campaign);
      everAsked = true;
      asked = System.nanoTime();
    }
    return last;
  }

  private @Nullable Waiting ask(String address, CampaignName campaign) {
    try {
      if (database == null) {
        database = Database.toLookAt(address);
      }
      return new WaitingRepository(database).waiting(campaign);
    } catch (PoolInitializationException | JdbiException e) {
      LOG.debug("PostgreSQL does not tell what waits for people", e);
      return null;
    }
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
