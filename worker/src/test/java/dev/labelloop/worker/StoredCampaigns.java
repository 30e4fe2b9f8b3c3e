package dev.labelloop.worker;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.GaugeRepository;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.ScoreRepository;
import dev.labelloop.activities.evaluation.dashboard.Reading;
import dev.labelloop.activities.evaluation.gate.IntervalRepository;
import dev.labelloop.activities.evaluation.gate.MapIntervals;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AdjudicationRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ItemRepository;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.OutboxRepository;
import dev.labelloop.activities.review.quality.CheckRepository;
import dev.labelloop.activities.review.quality.ProbeDrawRepository;
import dev.labelloop.activities.review.quality.ProbeRepository;
import dev.labelloop.activities.review.quality.Quality;
import dev.labelloop.activities.review.quality.StandingRepository;
import dev.labelloop.activities.review.quality.WorkRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.storage.FileCache;
import dev.labelloop.activities.storage.ScaledImages;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.Box;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import dev.labelloop.worker.web.image.ImageFiles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Campaigns under review in a PostgreSQL of their own. Each has one round of three images (100 x 80
 * pixels) in batches of two; on each the model sees a car of confidence 0.9 at (10, 10), 40 x 20, a
 * bus of 0.5 at (60, 10), 20 x 20, and a car of 0.1, too unsure to be shown.
 */
public final class StoredCampaigns implements AutoCloseable {
  public static final List<Detection> SEEN =
      List.of(
          new Detection(new Box(10, 10, 40, 20), 0, 0.9),
          new Detection(new Box(60, 10, 20, 20), 1, 0.5),
          new Detection(new Box(0, 0, 5, 5), 0, 0.1));

  public static final ModelId MODEL = new ModelId(Sha256.hex(new byte[] {1}));

  public final CampaignRepository campaigns;
  public final ImageRepository images;
  public final BatchRepository batches;
  public final Batches contents;
  public final AnswerRepository answers;
  public final LeaseRepository leases;
  public final AdjudicationRepository adjudication;
  public final OutboxRepository outbox;
  public final ScoreRepository scores;
  public final GaugeRepository gauges;
  private final PredictionRepository predictions;
  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Database database;

  /** None yet; their images will lie in this folder. */
  public StoredCampaigns(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    postgres = EmbeddedPostgres.builder().start();
    database = new Database(postgres.getJdbcUrl("postgres", "postgres"));
    campaigns = new CampaignRepository(database);
    images = new ImageRepository(database);
    predictions = new PredictionRepository(database);
    batches = new BatchRepository(database);
    answers = new AnswerRepository(database);
    leases = new LeaseRepository(database);
    adjudication = new AdjudicationRepository(database);
    outbox = new OutboxRepository(database);
    contents = new Batches(campaigns, new ItemRepository(database));
    scores = new ScoreRepository(database);
    gauges = new GaugeRepository(database);
  }

  /** A campaign; returns its images in the order in which people see them. */
  public List<ImageId> campaign(String name) throws IOException {
    return campaign(name, 1, CampaignSpec.Asking.IMAGES);
  }

  /** As the other, where several people answer, or single boxes are asked about. */
  public List<ImageId> campaign(String name, int overlap, CampaignSpec.Asking ask)
      throws IOException {
    return campaign(spec(name, overlap, ask), List.of(png(name, 0), png(name, 1), png(name, 2)));
  }

  /** As the other, over these files; whatever they are, they count as 100 x 80 pixels. */
  public List<ImageId> campaign(String name, List<byte[]> files) throws IOException {
    return campaign(spec(name, 1, CampaignSpec.Asking.IMAGES), files);
  }

  /**
   * As the other, of three images, where people's work is checked and an hour costs 36; beside them
   * are as many images of a holdout with a car, as the model sees it, and nothing else.
   */
  public List<ImageId> campaign(String name, CampaignSpec.Quality quality, int known)
      throws IOException {
    List<StoredImage> holdout = new ArrayList<>();
    for (int i = 0; i < known; i++) {
      byte[] file = png(name + " known", i);
      Files.write(folder.resolve(name + " known" + i + ".png"), file);
      holdout.add(
          new StoredImage(new ImageId(Sha256.hex(file)), name + " known" + i + ".png", 100, 80));
    }
    CampaignSpec spec =
        spec(name, 1, CampaignSpec.Asking.IMAGES, quality, new CampaignSpec.Cost(36.0));
    return campaign(spec, List.of(png(name, 0), png(name, 1), png(name, 2)), holdout);
  }

  private List<ImageId> campaign(CampaignSpec spec, List<byte[]> files) throws IOException {
    return campaign(spec, files, List.of());
  }

  private List<ImageId> campaign(CampaignSpec spec, List<byte[]> files, List<StoredImage> holdout)
      throws IOException {
    String name = spec.name().value();
    campaigns.create(spec);
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    holdout.forEach(image -> truth.put(image.id(), List.of(new LabelledBox(SEEN.get(0).box(), 0))));
    List<StoredImage> stored = new ArrayList<>();
    for (byte[] file : files) {
      String path = name + stored.size() + ".png";
      Files.write(folder.resolve(path), file);
      stored.add(new StoredImage(new ImageId(Sha256.hex(file)), path, 100, 80));
    }
    images.insertIfAbsent(
        spec.name(),
        new ImageRepository.Dataset(
            new DatasetSummary(files.size(), holdout.size(), 0, 0, 0, 32),
            stored,
            holdout,
            truth,
            "file gold.json",
            Map.of(),
            Map.of(),
            List.of()));
    RoundId round = new RoundId(spec.name(), 1);
    predictions.preparePartition(1);
    predictions.insertShard(
        new ShardRef(round, 0, MODEL),
        new ShardResult(files.size(), 3 * files.size(), 0),
        stored.stream()
            .map(image -> new PredictionRepository.Row(image.id(), 0.3, SEEN, new short[] {0}))
            .toList());
    batches.insertIfAbsent(
        round,
        "random",
        stored.stream()
            .map(image -> new BatchRepository.Item(image.id(), Purpose.ACTIVE, "random"))
            .toList(),
        2);
    return stored.stream().map(StoredImage::id).toList();
  }

  /** Only its first bytes are those of an image: the server does not decode. */
  public static byte[] png(String campaign, int i) {
    return ("\u0000PNG\r\n\u001a\n" + campaign + i)
        .replace('\u0000', '\u0089')
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Who may not answer. */
  public StandingRepository standings() {
    return new StandingRepository(database);
  }

  /** Known answers that people are to be asked for. */
  public ProbeDrawRepository draws() {
    return new ProbeDrawRepository(database);
  }

  /** Known answers that people are asked for. */
  public ProbeRepository probes() {
    return new ProbeRepository(database);
  }

  /** Second looks. */
  public CheckRepository checks() {
    return new CheckRepository(database);
  }

  /** What is known of people. */
  public Quality quality() {
    return new Quality(new WorkRepository(database), standings(), checks());
  }

  /** What a dashboard reads by. */
  public Reading reading() {
    return Reading.of(database);
  }

  /** Their reports. */
  public ReportRepository reports() {
    return new ReportRepository(database);
  }

  /** Measures intervals. */
  public MapIntervals intervals() {
    return new MapIntervals(
        campaigns, images, predictions, labels(), new IntervalRepository(database));
  }

  /** Their labels, to be handed to other tools. */
  public CampaignLabels campaignLabels() {
    return new CampaignLabels(images, labels(), reports());
  }

  private LabelRepository labels() {
    return new LabelRepository(database);
  }

  /** Hands out their pictures. */
  public ImageFiles files() {
    ImageDecoder decoder = new ImageDecoder();
    FileCache cache = new FileCache(folder.resolveSibling("cache"), 1 << 20);
    return new ImageFiles(campaigns, images, decoder, new ScaledImages(cache, decoder));
  }

  /** Takes an image's file away. */
  public void remove(String file) throws IOException {
    Files.delete(folder.resolve(file));
  }

  private CampaignSpec spec(String name, int overlap, CampaignSpec.Asking ask) {
    return spec(name, overlap, ask, CampaignSpec.Quality.NONE, new CampaignSpec.Cost(null));
  }

  private CampaignSpec spec(
      String name,
      int overlap,
      CampaignSpec.Asking ask,
      CampaignSpec.Quality quality,
      CampaignSpec.Cost cost) {
    return new CampaignSpec(
        new CampaignName(name),
        List.of("car", "bus"),
        folder.toString(),
        new CampaignSpec.Holdout(null, 0.2),
        new CampaignSpec.Model("yolox", "nano", null, 416),
        new CampaignSpec.Rounds(1, null),
        new CampaignSpec.Selection("random", 0.1, 0.15, 0.05),
        new CampaignSpec.Review(
            "page",
            CampaignSpec.Review.DEFAULT_DEADLINE,
            CampaignSpec.Review.DEFAULT_ON_DEADLINE,
            overlap,
            2,
            null,
            null,
            null,
            CampaignSpec.Simulated.DEFAULT,
            CampaignSpec.Reminders.DEFAULT,
            ask,
            quality),
        new CampaignSpec.PseudoLabels(CampaignSpec.PseudoLabelMode.OFF, 0.8, 0.1, 0.95),
        new CampaignSpec.Training(1, 1, 7, 1e-3),
        CampaignSpec.Promotion.by(0),
        new CampaignSpec.Prediction(null),
        cost);
  }

  @Override
  public void close() throws IOException {
    database.close();
    postgres.close();
  }
}
