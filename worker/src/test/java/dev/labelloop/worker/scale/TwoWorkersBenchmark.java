package dev.labelloop.worker.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.WorkerProcess;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.config.SpecificationReader;
import dev.labelloop.worker.demo.DemoDataset;
import dev.labelloop.worker.temporal.MadeUpStages;
import dev.labelloop.worker.temporal.Workers;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How much faster two prediction workers are than one. With shards that only wait, two are limited
 * by orchestration alone; with the real detector, by the cores of this machine.
 */
public final class TwoWorkersBenchmark {
  private static final int WAITING_SHARDS = 80;
  private static final int IMAGES = 512;
  private static final int INPUT = 416;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealServers servers;
  private final Path folder;

  private TwoWorkersBenchmark(RealServers servers, Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("labelloop-two-workers");
    try (RealServers servers = RealServers.start(folder.resolve("servers"))) {
      TwoWorkersBenchmark benchmark = new TwoWorkersBenchmark(servers, folder);
      benchmark.waiting();
      benchmark.detecting();
    } finally {
      // PostgreSQL's files may belong to another user than Java can see them as.
      new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor();
    }
  }

  private void waiting() throws Exception {
    double one = waiting(1);
    double two = waiting(2);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("shards", "waiting " + WaitingWorker.SHARD_SECONDS + " s");
    line.put("oneWorkerSeconds", rounded(one));
    line.put("twoWorkersSeconds", rounded(two));
    line.put("ratio", rounded(one / two));
    System.out.println(JSON.writeValueAsString(line));
  }

  private double waiting(int count) throws Exception {
    Endpoints endpoints = servers.fresh();
    List<Process> processes = new ArrayList<>();
    TemporalConnection temporal =
        TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
    Workers loop =
        Workers.start(
            temporal.client(),
            Set.of(TaskQueues.CAMPAIGN, TaskQueues.DATA),
            new MadeUpStages(WAITING_SHARDS, shard -> {}).all(),
            null);
    try {
      for (int i = 0; i < count; i++) {
        processes.add(WaitingWorker.start(endpoints));
      }
      awaitWorkers(temporal, count);
      RoundId round = new RoundId(new CampaignName("waiting"), 1);
      GroupRequest group =
          new GroupRequest(round, 0, 0, WAITING_SHARDS, SyntheticStages.MODEL, WAITING_SHARDS);
      long start = System.nanoTime();
      var unused =
          temporal
              .client()
              .newWorkflowStub(
                  PredictionGroupWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(group.workflowId())
                      .setTaskQueue(TaskQueues.CAMPAIGN)
                      .build())
              .predictGroup(group);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      loop.close();
      temporal.close();
      processes.forEach(Process::destroyForcibly);
    }
  }

  private void detecting() throws Exception {
    DemoDataset scenes = DemoDataset.draw(folder.resolve("scenes"), IMAGES, 8, 11);
    Path weights = Files.createDirectory(folder.resolve("weights"));
    // Random: they take as long as trained ones.
    DetectorFamilies.named("yolox").initial("nano", DemoDataset.classes(), null, INPUT, 1, weights);
    Path specification =
        Files.writeString(
            folder.resolve("detecting.yaml"),
            """
            name: detecting
            classes: [%s]
            images: %s
            holdout: %s
            model: {weights: %s, input: %d}
            rounds: {max: 1}
            review: {tool: page}
            prediction: {shardSize: 16}
            """
                .formatted(
                    String.join(", ", DemoDataset.classes()),
                    scenes.images(),
                    scenes.gold(),
                    weights,
                    INPUT));
    CampaignSpec spec =
        new SpecificationReader(Wiring.offer(), folder).read(specification, List.of());
    Cell one = detecting(spec, 1, 1);
    Cell two = detecting(spec, 2, 1);
    Cell wide = detecting(spec, 1, 2);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("shards", "YOLOX-nano at " + INPUT);
    line.put("cores", Runtime.getRuntime().availableProcessors());
    line.put("oneWorker", one);
    line.put("twoWorkers", two);
    line.put("oneWorkerOfTwoThreads", wide);
    line.put("ratio", rounded(one.seconds / two.seconds));
    System.out.println(JSON.writeValueAsString(line));
  }

  /**
   * A measurement.
   *
   * @param seconds from the first shard's scheduling to the last one's end
   * @param processorSeconds of the prediction workers and of the processes that read their pictures
   * @param imagesASecond by the former
   */
  private record Cell(double seconds, double processorSeconds, double imagesASecond) {}

  private Cell detecting(CampaignSpec spec, int count, int threads) throws Exception {
    Endpoints endpoints = servers.fresh();
    Path home = Files.createDirectory(folder.resolve("home-" + count + "-" + threads));
    List<WorkerProcess> processes = new ArrayList<>();
    Wiring wiring = new Wiring(endpoints, home);
    Workers loop = wiring.startWorkers(Set.of(TaskQueues.CAMPAIGN, TaskQueues.DATA), null);
    try {
      for (int i = 0; i < count; i++) {
        processes.add(WorkerProcess.start(endpoints, home, TaskQueues.PREDICT, threads));
      }
      awaitWorkers(wiring.temporal(), count);
      wiring.register(spec);
      wiring.temporal().campaigns().start(spec, Amendment.NONE);
      String group = spec.name().workflowId() + "/r1/predict/g0";
      await(() -> find(wiring.temporal(), group) != null);
      double before = processor(processes);
      await(() -> find(wiring.temporal(), group).getCloseTime() != null);
      double used = processor(processes) - before;
      WorkflowExecutionDescription ended = find(wiring.temporal(), group);
      double seconds =
          Duration.between(ended.getStartTime(), ended.getCloseTime()).toMillis() / 1000.0;
      wiring
          .temporal()
          .client()
          .newUntypedWorkflowStub(spec.name().workflowId())
          .terminate("measured");
      return new Cell(rounded(seconds), rounded(used), rounded(IMAGES / seconds));
    } finally {
      loop.close();
      wiring.close();
      processes.forEach(WorkerProcess::close);
    }
  }

  private static double processor(List<WorkerProcess> processes) {
    return processes.stream()
        .map(WorkerProcess::handle)
        .flatMap(worker -> Stream.concat(Stream.of(worker), worker.descendants()))
        .mapToDouble(process -> CpuTime.of(process.pid()))
        .sum();
  }

  private static WorkflowExecutionDescription find(TemporalConnection temporal, String id) {
    try {
      return temporal.client().newUntypedWorkflowStub(id).describe();
    } catch (WorkflowNotFoundException e) {
      return null; // not yet
    }
  }

  private static void awaitWorkers(TemporalConnection temporal, int count) throws Exception {
    await(() -> temporal.workers().count() == count);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
