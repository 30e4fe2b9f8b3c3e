package dev.labelloop.worker;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ChangedSpecException;
import dev.labelloop.activities.dataset.DatasetActivitiesImpl;
import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.NearDuplicateRepository;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.EvaluationActivitiesImpl;
import dev.labelloop.activities.evaluation.GaugeRepository;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.ScoreRepository;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.GateRepository;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.label.LabelActivitiesImpl;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.label.quality.RoundAudit;
import dev.labelloop.activities.label.quality.SuspicionRepository;
import dev.labelloop.activities.model.ModelActivitiesImpl;
import dev.labelloop.activities.model.ModelRepository;
import dev.labelloop.activities.prediction.LikenessCheck;
import dev.labelloop.activities.prediction.LikenessRepository;
import dev.labelloop.activities.prediction.PredictionActivitiesImpl;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ItemRepository;
import dev.labelloop.activities.review.ReminderPost;
import dev.labelloop.activities.review.ReviewActivitiesImpl;
import dev.labelloop.activities.review.WaitingRepository;
import dev.labelloop.activities.sandbox.Launch;
import dev.labelloop.activities.sandbox.Sandbox;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.selection.RecheckRepository;
import dev.labelloop.activities.selection.SelectionActivitiesImpl;
import dev.labelloop.activities.selection.SelectionStrategies;
import dev.labelloop.activities.selection.SelectionStrategy;
import dev.labelloop.activities.storage.FileCache;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.activities.storage.ScaledImages;
import dev.labelloop.activities.trainingset.TrainingSetActivitiesImpl;
import dev.labelloop.activities.trainingset.TrainingSetRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.config.Offer;
import dev.labelloop.worker.health.HealthWatch;
import dev.labelloop.worker.metrics.CampaignFigures;
import dev.labelloop.worker.metrics.Metrics;
import dev.labelloop.worker.metrics.QueueFigures;
import dev.labelloop.worker.metrics.StageWatch;
import dev.labelloop.worker.report.ReportPage;
import dev.labelloop.worker.report.StageTimes;
import dev.labelloop.worker.temporal.Build;
import dev.labelloop.worker.temporal.Stages;
import dev.labelloop.worker.temporal.Workers;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.account.FirstAccess;
import dev.labelloop.worker.web.account.ProviderSettings;
import dev.labelloop.worker.web.dashboard.TemporalControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the process together: every collaborator is made here, once, and handed on. */
public final class Wiring implements AutoCloseable {
  /** COCO's, and the side that pretrained weights come for. */
  private static final int CHECKED_CLASSES = 80;

  private static final int CHECKED_INPUT = 416;

  /** Some 30,000 tiles of a gallery and 1,000 large pictures. */
  private static final long MOST_SCALED_BYTES = 512L << 20;

  private final ImageDecoder decoder = new ImageDecoder();
  private final Metrics metrics = new Metrics();
  private final MachineCheck machine;
  private final Endpoints endpoints;
  private final TemporalConnection temporal;
  private final Database database;
  private final ModelStore store;
  private final ScaledImages scaledImages;
  private final Path logs;
  private final Sandbox predicting;
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final BatchRepository batches;
  private final AnswerRepository answers;
  private final LabelRepository labels;
  private final RecheckRepository rechecks;
  private final SuspicionRepository suspicions;
  private final TrainingSetRepository trainingSets;
  private final ModelRepository models;
  private final ScoreRepository scores;
  private final GateRepository gates;
  private final ChampionRepository champions;
  private final ReportRepository reports;
  private @Nullable HealthWatch healthWatch;

  /**
   * Connects to the servers.
   *
   * @param home folder with the models and logs
   */
  public Wiring(Endpoints endpoints, Path home) {
    this.endpoints = endpoints;
    temporal = TemporalConnection.to(endpoints.temporal(), endpoints.namespace(), metrics.sdk());
    database = connect(endpoints.database());
    machine = new MachineCheck(home);
    store = new ModelStore(home);
    scaledImages =
        new ScaledImages(
            new FileCache(home.resolve("cache").resolve("images"), MOST_SCALED_BYTES), decoder);
    logs = home.resolve("logs");
    predicting = new Sandbox(new Launch(logs, 1));
    campaigns = new CampaignRepository(database);
    images = new ImageRepository(database);
    predictions = new PredictionRepository(database);
    batches = new BatchRepository(database);
    answers = new AnswerRepository(database);
    labels = new LabelRepository(database);
    rechecks = new RecheckRepository(database);
    suspicions = new SuspicionRepository(database);
    trainingSets = new TrainingSetRepository(database);
    models = new ModelRepository(database);
    scores = new ScoreRepository(database);
    gates = new GateRepository(database);
    champions = new ChampionRepository(database);
    reports = new ReportRepository(database);
    CampaignFigures.addTo(metrics, new GaugeRepository(database)::gauges);
    QueueFigures.addTo(metrics, temporal.queues()::backlogs);
  }

  private static Database connect(String url) {
    try {
      return new Database(url);
    } catch (PoolInitializationException e) {
      String shown = url.replaceAll("\\?.*", ""); // no password in a message
      throw new IllegalStateException(
          "PostgreSQL at " + shown + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** What a specification may ask for. */
  public static Offer offer() {
    List<String> strategies = new ArrayList<>(List.of(SelectionStrategies.DEFAULT));
    SelectionStrategies.ALL.stream().map(SelectionStrategy::name).forEach(strategies::add);
    return new Offer(
        DetectorFamilies.ALL.stream()
            .collect(Collectors.toMap(DetectorFamily::name, DetectorFamily::sizes)),
        strategies,
        ReviewTools.NAMES);
  }

  /**
   * Serves these queues until the workers are closed.
   *
   * @param build that this process is of; null: it serves all work that is of no build
   * @throws dev.labelloop.activities.detector.nn.WrongConvolutionException if a detector would
   *     compute garbage on this machine
   */
  public Workers startWorkers(Set<String> queues, @Nullable Build build) {
    if (queues.contains(TaskQueues.PREDICT) || queues.contains(TaskQueues.TRAIN)) {
      DetectorFamilies.ALL.forEach(f -> machine.require(f, CHECKED_CLASSES, CHECKED_INPUT));
    }
    PredictionActivitiesImpl prediction =
        new PredictionActivitiesImpl(
            campaigns, images, predictions, store, predicting, temporal.workers());
    ModelActivitiesImpl model =
        new ModelActivitiesImpl(campaigns, images, trainingSets, models, store, decoder);
    Batches stored = new Batches(campaigns, new ItemRepository(database));
    ReviewTools tools = new ReviewTools(images, answers, stored);
    List<Object> data =
        List.of(
            new DatasetActivitiesImpl(campaigns, images, folderScan()),
            prediction,
            model,
            new SelectionActivitiesImpl(
                campaigns,
                images,
                predictions,
                batches,
                rechecks,
                new LikenessCheck(new LikenessRepository(database))),
            new ReviewActivitiesImpl(
                campaigns, stored, batches, answers, tools::of, new ReminderPost(System::getenv)),
            new LabelActivitiesImpl(
                campaigns, predictions, batches, labels, new RoundAudit(suspicions)),
            new TrainingSetActivitiesImpl(
                labels, trainingSets, new NearDuplicateRepository(database)),
            new EvaluationActivitiesImpl(
                campaigns, images, predictions, labels, scores, gates, champions));
    Workers workers =
        Workers.start(
            temporal.client(),
            queues,
            new Stages(data, List.of(prediction), List.of(model)),
            build,
            new StageWatch(metrics));
    if (queues.contains(TaskQueues.CAMPAIGN)) { // else nobody may be there to hear
      healthWatch = HealthWatch.start(temporal.client());
    }
    return workers;
  }

  private FolderScan folderScan() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new FolderScan(() -> new Sandbox(new Launch(logs, cores)), cores);
  }

  /**
   * Serves the metrics over HTTP on this machine until it is closed.
   *
   * @param port 0 chooses a free one
   */
  public WebServer startMetricsServer(int port) {
    return WebServer.start(port, "--metrics-port", List.of(new MetricsPart(metrics)));
  }

  /**
   * Serves people and scripts that have an account, and the metrics, over HTTP on this machine
   * until it is closed.
   *
   * @param port 0 chooses a free one
   * @param front how people reach it
   * @param provider that vouches for people; null: there is none
   */
  public WebServer startWebServer(int port, Front front, @Nullable ProviderSettings provider) {
    WebParts parts =
        new WebParts(
            database,
            decoder,
            scaledImages,
            temporal.campaigns()::completeReview,
            new TemporalControl(
                temporal, new WaitingRepository(database)::waiting, rollback(), endpoints),
            new Passwords(Passwords.COST));
    return WebServer.start(
        port, "--port", front, parts.all(front, provider, new MetricsPart(metrics)));
  }

  /** How whoever starts the server gets in. */
  public FirstAccess firstAccess() {
    return new FirstAccess(AccountStores.on(database));
  }

  /** The Temporal server. */
  public TemporalConnection temporal() {
    return temporal;
  }

  /** What there is to tell of a campaign; empty before its images are registered. */
  public Optional<CampaignReport> report(CampaignName campaign) {
    return images
        .summary(campaign)
        .map(dataset -> reports.report(campaigns.spec(campaign), dataset));
  }

  /**
   * Stores a campaign, or finds it stored. One whose preparation failed, and only that, may be
   * given another specification.
   *
   * @throws ChangedSpecException if it is stored with another specification
   */
  public void register(CampaignSpec spec) {
    try {
      campaigns.create(spec);
    } catch (ChangedSpecException e) {
      if (temporal.campaigns().isOpen(spec.name()) || !campaigns.removeUnprepared(spec.name())) {
        throw e;
      }
      campaigns.create(spec);
    }
  }

  /** The labels that campaigns have made. */
  public CampaignLabels labels() {
    return new CampaignLabels(images, labels, reports);
  }

  /** Takes labels that people drew elsewhere. */
  public LabelImport labelImport() {
    return new LabelImport(
        campaigns, images, batches, new Batches(campaigns, new ItemRepository(database)), answers);
  }

  /** Writes the report of a campaign for people. */
  public void writeReport(CampaignReport report, CampaignName campaign, Path file) {
    StageTimes times = new StageTimes(temporal.client());
    new ReportPage(decoder::decode)
        .write(report, times.of(temporal.campaigns().execution(campaign)), file);
  }

  /** Takes champions back. */
  public Rollback rollback() {
    return new Rollback(temporal.campaigns(), champions, reports);
  }

  /** The campaigns in PostgreSQL. */
  public CampaignRepository campaignRepository() {
    return campaigns;
  }

  @Override
  public void close() {
    if (healthWatch != null) {
      healthWatch.close();
    }
    predicting.close();
    database.close();
    temporal.close();
    metrics.close();
  }
}
