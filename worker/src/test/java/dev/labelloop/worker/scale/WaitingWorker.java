package dev.labelloop.worker.scale;

import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.temporal.MadeUpStages;
import dev.labelloop.worker.temporal.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A prediction worker in a process of its own whose shards take a quarter of a second of waiting:
 * what a processor of its own would do, without needing one. Arguments: server, namespace.
 */
public final class WaitingWorker {
  static final double SHARD_SECONDS = 0.25;

  private WaitingWorker() {}

  public static void main(String[] args) throws Exception {
    TemporalConnection temporal = TemporalConnection.to(args[0], args[1]);
    Workers workers =
        Workers.start(
            temporal.client(),
            Set.of(TaskQueues.PREDICT),
            new MadeUpStages(0, shard -> pause()).all(),
            null);
    System.in.transferTo(System.out); // until the benchmark goes
    workers.close();
    temporal.close();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep((long) (1000 * SHARD_SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  static Process start(Endpoints servers) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WaitingWorker.class.getName(),
            servers.temporal(),
            servers.namespace())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
