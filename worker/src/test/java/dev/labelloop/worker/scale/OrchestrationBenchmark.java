package dev.labelloop.worker.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.NearDuplicateRepository;
import dev.labelloop.activities.evaluation.EvaluationActivitiesImpl;
import dev.labelloop.activities.evaluation.ScoreRepository;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.GateRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.label.LabelActivitiesImpl;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.label.quality.RoundAudit;
import dev.labelloop.activities.label.quality.SuspicionRepository;
import dev.labelloop.activities.prediction.LikenessCheck;
import dev.labelloop.activities.prediction.LikenessRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ItemRepository;
import dev.labelloop.activities.review.ReminderPost;
import dev.labelloop.activities.review.ReviewActivitiesImpl;
import dev.labelloop.activities.review.simulated.Faults;
import dev.labelloop.activities.review.simulated.SimulatedReviewTool;
import dev.labelloop.activities.review.simulated.SimulatedReviewer;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.selection.RecheckRepository;
import dev.labelloop.activities.selection.SelectionActivitiesImpl;
import dev.labelloop.activities.trainingset.TrainingSetActivitiesImpl;
import dev.labelloop.activities.trainingset.TrainingSetRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.report.StageTimes;
import dev.labelloop.worker.scale.SyntheticStages.NullDetector;
import dev.labelloop.worker.temporal.Stages;
import dev.labelloop.worker.temporal.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What orchestration and storage cost a campaign of many images: a real round on real servers, but
 * with images that do not exist and a detector that makes its boxes up.
 *
 * <p>Arguments: numbers of images. Of each, a line of JSON; the partner is a plain executor that
 * writes the same shards in the same process.
 */
public final class OrchestrationBenchmark {
  private static final int SHARD = 1_000;
  private static final int SELECTED = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final TemporalConnection temporal;
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;

  private OrchestrationBenchmark(Database database, TemporalConnection temporal) {
    this.database = database;
    this.temporal = temporal;
    campaigns = new CampaignRepository(database);
    images = new ImageRepository(database);
    predictions = new PredictionRepository(database);
  }

  public static void main(String[] args) throws Exception {
    Path home = Files.createTempDirectory("labelloop-orchestration");
    try (RealServers servers = RealServers.start(home)) {
      Endpoints endpoints = servers.fresh();
      try (Database database = new Database(endpoints.database());
          TemporalConnection temporal =
              TemporalConnection.to(endpoints.temporal(), endpoints.namespace())) {
        OrchestrationBenchmark benchmark = new OrchestrationBenchmark(database, temporal);
        for (String count : args) {
          System.out.println(JSON.writeValueAsString(benchmark.measure(Integer.parseInt(count))));
        }
      }
    } finally {
      // PostgreSQL's files may belong to another user than Java can see them as.
      new ProcessBuilder("rm", "-rf", home.toString()).inheritIO().start().waitFor();
    }
  }

  private Map<String, Object> measure(int count) throws Exception {
    CampaignSpec spec = spec("images-" + count, count);
    campaigns.create(spec);
    NullDetector detector = new NullDetector(predictions);
    Cost round = Cost.of(() -> runCampaign(spec, count, detector));
    double drawn = detector.secondsOfDrawing();
    new StageTimes(temporal.client())
        .of(temporal.campaigns().execution(spec.name()))
        .forEach(System.err::println);

    NullDetector partner = new NullDetector(predictions);
    Cost plain = Cost.of(() -> writeShards(new RoundId(spec.name(), 2), partner));
    Cost replay = Cost.of(() -> writeShards(new RoundId(spec.name(), 2), partner));
    double written = plain.wall() - partner.secondsOfDrawing();

    Map<String, Object> line = new LinkedHashMap<>();
    line.put("images", count);
    line.put("roundSeconds", rounded(round.wall()));
    line.put("addedMsAnImage", rounded(1000 * (round.wall() - drawn) / count));
    line.put("addedCpuMsAnImage", rounded(1000 * (round.cpu() - drawn) / count));
    line.put("plainExecutorSeconds", rounded(plain.wall()));
    line.put("rowsASecond", Math.round(count / written));
    line.put("replayShare", rounded(replay.wall() / written));
    line.put("mostHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
    return line;
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  private void runCampaign(CampaignSpec spec, int count, NullDetector detector) {
    BatchRepository batches = new BatchRepository(database);
    LabelRepository labels = new LabelRepository(database);
    AnswerRepository answers = new AnswerRepository(database);
    Batches contents = new Batches(campaigns, new ItemRepository(database));
    SimulatedReviewTool nobodyKnows =
        new SimulatedReviewTool(
            Map.of(),
            new SimulatedReviewer(new Faults(0, 0, 0), HumanTime.named("base"), 1, 1),
            contents::read);
    SyntheticStages.NoModel model = new SyntheticStages.NoModel();
    List<Object> data =
        List.of(
            new SyntheticStages.Images(images, count, SHARD),
            detector,
            model,
            new SelectionActivitiesImpl(
                campaigns,
                images,
                predictions,
                batches,
                new RecheckRepository(database),
                new LikenessCheck(new LikenessRepository(database))),
            new ReviewActivitiesImpl(
                campaigns,
                contents,
                batches,
                answers,
                any -> Optional.of(nobodyKnows),
                new ReminderPost(name -> null)),
            new LabelActivitiesImpl(
                campaigns,
                predictions,
                batches,
                labels,
                new RoundAudit(new SuspicionRepository(database))),
            new TrainingSetActivitiesImpl(
                labels, new TrainingSetRepository(database), new NearDuplicateRepository(database)),
            new EvaluationActivitiesImpl(
                campaigns,
                images,
                predictions,
                labels,
                new ScoreRepository(database),
                new GateRepository(database),
                new ChampionRepository(database)));
    Workers workers =
        Workers.start(
            temporal.client(),
            Set.copyOf(Workers.QUEUES),
            new Stages(data, List.of(detector), List.of(model)),
            null);
    try {
      temporal.campaigns().start(spec, Amendment.NONE);
      temporal.campaigns().result(spec.name()).join();
    } finally {
      workers.close();
    }
  }

  /** What a script without a workflow engine would do: a pool of threads over the shards. */
  private void writeShards(RoundId round, NullDetector detector) throws Exception {
    PredictionPlan plan = detector.planPrediction(round);
    ExecutorService pool = Executors.newSingleThreadExecutor(); // as many as workers have slots
    try {
      List<Future<?>> shards = new ArrayList<>();
      for (int i = 0; i < plan.shards(); i++) {
        ShardRef shard = new ShardRef(round, i, SyntheticStages.MODEL);
        shards.add(pool.submit(() -> detector.predictShard(shard)));
      }
      for (Future<?> shard : shards) {
        shard.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static CampaignSpec spec(String name, int count) {
    return new CampaignSpec(
        new CampaignName(name),
        List.of("a", "b", "c", "d", "e"),
        "/nowhere",
        new CampaignSpec.Holdout("nowhere.json", null),
        new CampaignSpec.Model("yolox", "nano", null, 416),
        new CampaignSpec.Rounds(1, null),
        new CampaignSpec.Selection(
            CampaignSpec.Selection.DEFAULT_STRATEGY, (double) SELECTED / count, 0.15, 0),
        new CampaignSpec.Review(
            "simulated",
            CampaignSpec.Review.DEFAULT_DEADLINE,
            CampaignSpec.Review.DEFAULT_ON_DEADLINE,
            1,
            CampaignSpec.Review.DEFAULT_BATCH_SIZE,
            null,
            null,
            null,
            CampaignSpec.Simulated.DEFAULT,
            CampaignSpec.Reminders.DEFAULT,
            CampaignSpec.Asking.IMAGES,
            CampaignSpec.Quality.NONE),
        new CampaignSpec.PseudoLabels(CampaignSpec.PseudoLabelMode.OFF, 0.9, 0.1, 0.95),
        new CampaignSpec.Training(1, 1, 7, 1e-3),
        CampaignSpec.Promotion.by(0),
        new CampaignSpec.Prediction(SHARD),
        new CampaignSpec.Cost(null));
  }

  /** Something that may fail. */
  private interface Work {
    void run() throws Exception;
  }

  /**
   * What a piece of work took.
   *
   * @param wall seconds
   * @param cpu seconds of all processors, of this process and its servers
   */
  private record Cost(double wall, double cpu) {
    static Cost of(Work work) throws Exception {
      double cpu = CpuTime.seconds();
      long start = System.nanoTime();
      work.run();
      return new Cost((System.nanoTime() - start) / 1e9, CpuTime.seconds() - cpu);
    }
  }
}
