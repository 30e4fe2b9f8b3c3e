package dev.labelloop.activities;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.NearDuplicate;
import dev.labelloop.activities.dataset.NearDuplicateRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.EvaluationActivitiesImpl;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.ScoreRepository;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.GateRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.label.quality.SuspicionRepository;
import dev.labelloop.activities.model.ModelRepository;
import dev.labelloop.activities.prediction.LikenessCheck;
import dev.labelloop.activities.prediction.LikenessRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ItemRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.selection.RecheckRepository;
import dev.labelloop.activities.trainingset.TrainingSetRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import io.temporal.testing.TestActivityEnvironment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All repositories on one database, and short ways to fill them. */
public final class Stores {
  public static final ModelId MODEL = new ModelId(Sha256.hex("model".getBytes(UTF_8)));

  public final CampaignRepository campaigns;
  public final ImageRepository images;
  public final PredictionRepository predictions;
  public final NearDuplicateRepository nearDuplicates;
  public final LikenessCheck likeness;
  public final BatchRepository batches;
  public final AnswerRepository answers;
  public final Batches contents;
  public final LabelRepository labels;
  public final RecheckRepository rechecks;
  public final SuspicionRepository suspicions;
  public final TrainingSetRepository trainingSets;
  public final ModelRepository models;
  public final ScoreRepository scores;
  public final GateRepository gates;
  public final ChampionRepository champions;
  public final ReportRepository reports;

  public Stores(Database database) {
    campaigns = new CampaignRepository(database);
    images = new ImageRepository(database);
    predictions = new PredictionRepository(database);
    nearDuplicates = new NearDuplicateRepository(database);
    likeness = new LikenessCheck(new LikenessRepository(database));
    batches = new BatchRepository(database);
    answers = new AnswerRepository(database);
    contents = new Batches(campaigns, new ItemRepository(database));
    labels = new LabelRepository(database);
    rechecks = new RecheckRepository(database);
    suspicions = new SuspicionRepository(database);
    trainingSets = new TrainingSetRepository(database);
    models = new ModelRepository(database);
    scores = new ScoreRepository(database);
    gates = new GateRepository(database);
    champions = new ChampionRepository(database);
    reports = new ReportRepository(database);
  }

  /** What measures models on all of this, called the way Temporal does. */
  public EvaluationActivities evaluation(TestActivityEnvironment temporal) {
    temporal.registerActivitiesImplementations(
        new EvaluationActivitiesImpl(
            campaigns, images, predictions, labels, scores, gates, champions));
    return temporal.newActivityStub(EvaluationActivities.class);
  }

  /** The id of an image that need not exist. */
  public static ImageId image(String name) {
    return new ImageId(Sha256.hex(name.getBytes(UTF_8)));
  }

  /** A square of 10 pixels at this x. */
  public static LabelledBox box(double x, int classIndex) {
    return new LabelledBox(new Box(x, 0, 10, 10), classIndex);
  }

  /** A found square of 10 pixels at this x. */
  public static Detection found(double x, int classIndex, double confidence) {
    return new Detection(new Box(x, 0, 10, 10), classIndex, confidence);
  }

  /** Stores a campaign over a pool of images that need not exist, and a holdout without truth. */
  public RoundId campaign(CampaignSpec spec, List<String> pool, List<String> holdout) {
    return campaign(spec, pool, holdout, Map.of());
  }

  /** As the other, with a truth of the holdout by name. */
  public RoundId campaign(
      CampaignSpec spec,
      List<String> pool,
      List<String> holdout,
      Map<String, List<LabelledBox>> truth) {
    return campaign(spec, pool, holdout, truth, Map.of());
  }

  /** As the other, with images of the pool that look like one of the holdout, by name. */
  public RoundId campaign(
      CampaignSpec spec,
      List<String> pool,
      List<String> holdout,
      Map<String, List<LabelledBox>> truth,
      Map<String, String> alike) {
    campaigns.create(spec);
    Map<ImageId, List<LabelledBox>> byId = new TreeMap<>();
    truth.forEach((name, boxes) -> byId.put(image(name), boxes));
    Integer shardSize = spec.prediction().shardSize();
    images.insertIfAbsent(
        spec.name(),
        new ImageRepository.Dataset(
            new DatasetSummary(
                pool.size(),
                holdout.size(),
                holdout.size() - truth.size(),
                0,
                0,
                shardSize == null ? 32 : shardSize),
            stored(pool),
            stored(holdout),
            byId,
            "file gold.json",
            Map.of(),
            Map.of(),
            alike.entrySet().stream()
                .map(e -> new NearDuplicate(image(e.getKey()), image(e.getValue()), 3))
                .toList()));
    return new RoundId(spec.name(), 1);
  }

  private static List<StoredImage> stored(List<String> names) {
    return names.stream()
        .map(name -> new StoredImage(image(name), name, 100, 50))
        .sorted(Comparator.comparing(StoredImage::id))
        .toList();
  }

  /** Stores a round's prediction as one shard. */
  public void predict(RoundId round, Map<String, List<Detection>> byName) {
    predictions.preparePartition(round.number());
    List<PredictionRepository.Row> rows =
        byName.entrySet().stream()
            .map(
                e ->
                    new PredictionRepository.Row(
                        image(e.getKey()), 0.5, e.getValue(), new short[0]))
            .toList();
    int boxes = byName.values().stream().mapToInt(List::size).sum();
    predictions.insertShard(
        new ShardRef(round, 0, MODEL), new ShardResult(rows.size(), boxes, 0), rows);
  }

  /** Stores a round's batches, all images for one purpose. */
  public void ask(RoundId round, Purpose purpose, int batchSize, String... names) {
    Stream<String> all = Arrays.stream(names);
    batches.insertIfAbsent(
        round,
        "test",
        all.map(name -> new BatchRepository.Item(image(name), purpose, "asked by a test")).toList(),
        batchSize);
  }
}
