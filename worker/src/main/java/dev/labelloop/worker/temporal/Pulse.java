package dev.labelloop.worker.temporal;

import dev.labelloop.campaign.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for activities on queue {@code data} that this process lives.
 *
 * <p>They are short as a rule and sit in SQL, where they cannot speak. Without a word the server
 * would notice a killed process only at their time limit of hours. Inference and training speak for
 * themselves, and only while they get on.
 */
final class Pulse extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

  /** Several beats inside the silence that the server allows. */
  private static final long SECONDS = 2;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "pulse");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Beating(next);
  }

  private final class Beating extends ActivityInboundCallsInterceptorBase {
    private @Nullable Speaking context;

    Beating(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext inner) {
      Speaking speaking = new Speaking(inner);
      context = speaking;
      super.init(speaking);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      Speaking speaking = context;
      if (speaking == null || !needsPulse(speaking)) {
        return super.execute(input);
      }
      ScheduledFuture<?> beat =
          timer.scheduleAtFixedRate(speaking::again, SECONDS, SECONDS, TimeUnit.SECONDS);
      try {
        return super.execute(input);
      } finally {
        beat.cancel(false);
      }
    }

    private boolean needsPulse(Speaking speaking) {
      return speaking.getInfo().getActivityTaskQueue().equals(TaskQueues.DATA)
          && !speaking.getInfo().getHeartbeatTimeout().isZero();
    }
  }

  /** Remembers what the activity said last, so that the pulse does not wipe it out. */
  private static final class Speaking extends ActivityExecutionContextBase {
    private volatile @Nullable Object last;

    Speaking(ActivityExecutionContext next) {
      super(next);
    }

    @Override
    public <V> void heartbeat(V details) {
      last = details;
      super.heartbeat(details);
    }

    void again() {
      try {
        super.heartbeat(last);
      } catch (ActivityCompletionException e) {
        LOG.debug("cancelled, timed out or shutting down: the activity itself will hear of it", e);
      }
    }
  }
}
