package dev.labelloop.activities.heartbeat;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for an activity whose own thread is busy in native code.
 *
 * <p>A second thread sends the newest details every second, but only while they change from time to
 * time: an activity that hangs falls silent, and Temporal gives its work to another. A cancellation
 * that the server answers with is thrown on the activity's own thread at its next {@link #note}.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** One step, such as a batch on a slow processor or the first that compiles kernels. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(3);

  private final ActivityExecutionContext context;
  private final ScheduledExecutorService sender;
  private volatile @Nullable Object details;
  private volatile long noted = System.nanoTime();
  private volatile @Nullable ActivityCompletionException ended;

  private Heartbeat(ActivityExecutionContext context) {
    this.context = context;
    this.sender =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        sender.scheduleAtFixedRate(
            this::send, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A heartbeat of the activity that this thread runs. */
  public static Heartbeat start() {
    return new Heartbeat(Activity.getExecutionContext());
  }

  /**
   * The work moved.
   *
   * @param news shown in the Temporal Web UI
   * @throws ActivityCompletionException if the activity is to end
   */
  public void note(Object news) {
    details = news;
    noted = System.nanoTime();
    ActivityCompletionException end = ended;
    if (end != null) {
      throw end;
    }
  }

  private void send() {
    if (ended != null || System.nanoTime() - noted > LONGEST_STEP.toNanos()) {
      return;
    }
    try {
      context.heartbeat(details);
    } catch (ActivityCompletionException e) {
      ended = e;
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
