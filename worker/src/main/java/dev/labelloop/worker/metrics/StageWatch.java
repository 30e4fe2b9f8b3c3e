package dev.labelloop.worker.metrics;

import dev.labelloop.worker.metrics.StageMeters.Attempt;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.jspecify.annotations.Nullable;

/**
 * Reads arguments, heartbeats and results of activities as they pass, so that no stage has to know
 * of metrics.
 */
public final class StageWatch extends WorkerInterceptorBase {
  private final StageMeters meters;

  public StageWatch(Metrics metrics) {
    meters = new StageMeters(metrics.registry());
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Watching(next);
  }

  /** One attempt of one activity. */
  private final class Watching extends ActivityInboundCallsInterceptorBase {
    private @Nullable Listening context;

    Watching(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext inner) {
      Listening listening = new Listening(inner);
      context = listening;
      super.init(listening);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      Listening listening = context;
      if (listening == null) {
        return super.execute(input);
      }
      Object[] arguments = input.getArguments();
      Attempt attempt =
          meters.begin(
              arguments == null || arguments.length == 0 ? null : arguments[0],
              listening.getInfo().getAttempt());
      listening.attempt = attempt;
      boolean returned = false;
      try {
        ActivityOutput output = super.execute(input);
        returned = true;
        attempt.done(output.getResult());
        return output;
      } finally {
        if (!returned) {
          attempt.failed();
        }
      }
    }
  }

  /** Overhears heartbeats. */
  private static final class Listening extends ActivityExecutionContextBase {
    private volatile @Nullable Attempt attempt;

    Listening(ActivityExecutionContext next) {
      super(next);
    }

    @Override
    public <V> void heartbeat(V details) {
      Attempt heard = attempt;
      if (heard != null) {
        heard.beat(details);
      }
      super.heartbeat(details);
    }
  }
}
