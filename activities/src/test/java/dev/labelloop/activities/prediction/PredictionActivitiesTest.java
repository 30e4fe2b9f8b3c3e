package dev.labelloop.activities.prediction;

import static dev.labelloop.activities.Stores.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.DatasetActivitiesImpl;
import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.sandbox.InProcess;
import dev.labelloop.activities.sandbox.Poisoned;
import dev.labelloop.activities.sandbox.Sandbox;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Prediction in a process that some pictures crash. */
class PredictionActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  @TempDir private Path folder;
  private final Stores stores = new Stores(POSTGRES.database());
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private ModelStore models;
  private Sandbox pictures;
  private PredictionActivities activities;

  @BeforeEach
  void register() {
    models = new ModelStore(folder.resolve("home"));
    pictures = Poisoned.sandbox(folder.resolve("logs"));
    temporal.registerActivitiesImplementations(
        new PredictionActivitiesImpl(
            stores.campaigns, stores.images, stores.predictions, models, pictures, () -> 1),
        new DatasetActivitiesImpl(
            stores.campaigns,
            stores.images,
            new FolderScan(() -> new InProcess(new ImageDecoder()), 1)));
    activities = temporal.newActivityStub(PredictionActivities.class);
  }

  @AfterEach
  void close() {
    temporal.close();
    pictures.close();
  }

  @Test
  void aShardGoesOnWithoutThePicturesThatCrashTheDetector() throws Exception {
    RoundId round = registered("poisoned", "a.png", "bc.png", "segv.png", "def.png", "halt.png");
    activities.planPrediction(round);
    ShardRef shard = new ShardRef(round, 0, model());

    ShardResult result = activities.predictShard(shard);

    // the holdout has one of the five; one box each is found
    List<StoredImage> pool = stores.predictions.shardImages(shard);
    List<String> good =
        pool.stream().map(StoredImage::path).filter(path -> path.length() <= 7).toList();
    int poisons = pool.size() - good.size();
    assertThat(pool).hasSize(4);
    assertThat(result).isEqualTo(new ShardResult(good.size(), good.size(), poisons));
    for (StoredImage image : pool) {
      assertThat(stores.predictions.ofImage(round, image.id()).size())
          .as(image.path())
          .isEqualTo(good.contains(image.path()) ? 1 : 0);
    }
    assertThat(quarantine("poisoned"))
        .hasSize(poisons)
        .allSatisfy(row -> assertThat(row).contains("crashed the process that reads pictures"));
    assertThat(stores.images.quarantined(round.campaign())).as("to be tried again").isEmpty();
    assertThat(stores.images.readable(round.campaign())).hasSize(5 - poisons);
  }

  @Test
  void theNextRoundCountsThemAndDoesNotTryThem() throws Exception {
    RoundId first = registered("again", "segv1.png", "segv2.png", "a.png");
    RoundId second = new RoundId(first.campaign(), 2);
    activities.planPrediction(first);
    activities.planPrediction(second);
    ShardResult result = activities.predictShard(new ShardRef(first, 0, model()));
    List<Path> before = crashes();

    assertThat(activities.predictShard(new ShardRef(second, 0, model()))).isEqualTo(result);
    assertThat(crashes()).isEqualTo(before);
  }

  @Test
  void aRoundThatOneModelHasBegunIsPredictedByItToTheEnd() throws Exception {
    RoundId round = registered("begun", "a.png", "bc.png", "d.png");
    activities.planPrediction(round);
    ModelId first = model();
    stores.predictions.insertShard(
        new ShardRef(round, 1, first), new ShardResult(0, 0, 0), List.of());

    // The champion was taken back meanwhile; of this one there is not even a file.
    ShardResult result = activities.predictShard(new ShardRef(round, 0, MODEL));

    assertThat(result).isEqualTo(new ShardResult(2, 2, 0)); // the holdout has one of the three
    assertThat(stores.predictions.modelOf(round)).contains(first);
  }

  @Test
  void aHoldoutGoesOnToo() throws Exception {
    RoundId round = registered("holdout", "halt1.png", "halt2.png", "halt3.png");

    ShardResult result = activities.predictHoldout(new HoldoutRef(round.campaign(), model()));

    assertThat(result).isEqualTo(new ShardResult(0, 0, 1)); // a fifth of three, rounded up
    assertThat(quarantine("holdout")).hasSize(1);
  }

  @Test
  void aPictureThatWasOnlyMissingBeforeIsKeptOutForGood() throws Exception {
    RoundId round = registered("missing", "segv1.png", "segv2.png");
    activities.planPrediction(round);
    String path = stores.predictions.shardImages(new ShardRef(round, 0, MODEL)).get(0).path();
    stores.images.quarantine(round.campaign(), path, path + " is gone");

    activities.predictShard(new ShardRef(round, 0, model()));

    assertThat(stores.images.crashing(round.campaign())).containsExactly(path);
    assertThat(quarantine("missing")).hasSize(1).first().asString().contains("SIGSEGV");
  }

  @Test
  void aBrokenModelEndsTheCampaign() throws Exception {
    RoundId round = registered("model", "a.png", "b.png");
    activities.planPrediction(round);
    ModelId model = model();
    Path weights = models.get(model).weights();
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 9));

    assertThatThrownBy(() -> activities.predictShard(new ShardRef(round, 0, model)))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> assertThat(e.getType()).isEqualTo(FinalFailure.BAD_MODEL));
  }

  private RoundId registered(String name, String... files) throws IOException {
    Path images = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files.length; i++) {
      Files.write(images.resolve(files[i]), Pictures.file(Pictures.corners(60 + i, 48), "png"));
    }
    CampaignSpec spec = Specs.of(name).images(images).holdout(0.2).build();
    stores.campaigns.create(spec);
    temporal.newActivityStub(DatasetActivities.class).registerDataset(spec.name());
    return new RoundId(spec.name(), 1);
  }

  private ModelId model() throws IOException {
    Path files = Files.createDirectories(folder.resolve("model"));
    ModelFiles model =
        new ModelFiles(files.resolve(ModelDescription.WEIGHTS), files.resolve("model.json"));
    Safetensors.write(
        model.weights(), new TreeMap<>(Map.of("bias", Tensor.of(new float[] {1, 2, 3}))));
    new ModelDescription(
            "yolox-nano", 64, List.of("car", "bus"), true, ModelDescription.WEIGHTS, Map.of())
        .write(model.description());
    return models.put(model);
  }

  private List<Path> crashes() throws IOException {
    try (var logs = Files.list(folder.resolve("logs"))) {
      return logs.filter(log -> log.toString().contains("crash")).sorted().toList();
    }
  }

  private static List<String> quarantine(String campaign) {
    return POSTGRES.rows().stream().filter(r -> r.startsWith("quarantine (" + campaign)).toList();
  }
}
