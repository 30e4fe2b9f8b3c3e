package dev.labelloop.activities.model;

import static dev.labelloop.activities.Stores.box;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.DatasetActivitiesImpl;
import dev.labelloop.activities.dataset.FolderScan;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.activities.sandbox.InProcess;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.activities.training.FolderCheckpoints;
import dev.labelloop.activities.trainingset.TrainingSetActivitiesImpl;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.selection.Purpose;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  @TempDir private Path folder;
  private final Stores stores = new Stores(POSTGRES.database());
  private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
  private final ImageDecoder decoder = new ImageDecoder();
  private ModelStore models;
  private final List<TrainingProgress> seen = new CopyOnWriteArrayList<>();
  private ModelActivities activities;

  @BeforeEach
  void register() {
    models = new ModelStore(folder.resolve("home"));
    temporal.registerActivitiesImplementations(
        new ModelActivitiesImpl(
            stores.campaigns, stores.images, stores.trainingSets, stores.models, models, decoder),
        new DatasetActivitiesImpl(
            stores.campaigns, stores.images, new FolderScan(() -> new InProcess(decoder), 1)));
    activities = temporal.newActivityStub(ModelActivities.class);
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  @Test
  void trainsOnceHoweverOftenItIsAsked() throws Exception {
    TrainingRequest request = request("once");

    ModelId trained = activities.trainModel(request);
    var before = POSTGRES.rows();

    assertThat(activities.trainModel(request)).isEqualTo(trained).isNotEqualTo(request.start());
    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(models.checkpoints(request.round())).doesNotExist();
    ModelDescription description = ModelDescription.read(models.get(trained).description());
    assertThat(description.classes()).containsExactly("car", "bus");
    assertThat(description.input()).isEqualTo(64);
  }

  @Test
  void aPictureThatWentBadIsPutIntoQuarantineAndTheOthersAreTrainedOn() throws Exception {
    TrainingRequest request = request("bad");
    List<String> labelled =
        stores.trainingSets.manifest(request.round()).items().stream()
            .map(item -> path(request, item.image()))
            .toList();
    Path images = folder.resolve("bad");
    Files.write(images.resolve(labelled.get(0)), new byte[] {1, 2, 3});
    Files.delete(images.resolve(labelled.get(1)));

    assertRefused(request, "Quarantined")
        .hasMessageContaining("2 training images are now in quarantine");
    ModelId trained = activities.trainModel(request);

    assertThat(models.contains(trained)).isTrue();
    assertThat(POSTGRES.rows().stream().filter(row -> row.startsWith("quarantine (bad")))
        .hasSize(2)
        .anyMatch(row -> row.contains(labelled.get(0)) && row.contains("has changed since"))
        .anyMatch(row -> row.contains(labelled.get(1)) && row.contains("is gone"));
  }

  @Test
  void aPictureThatIsPutBackIsTrainedOnAgain() throws Exception {
    TrainingRequest request = request("back");
    String path =
        path(request, stores.trainingSets.manifest(request.round()).items().get(0).image());
    stores.images.quarantine(request.round().campaign(), path, "it was gone for a while");

    ModelId trained = activities.trainModel(request);

    assertThat(POSTGRES.rows()).noneMatch(row -> row.startsWith("quarantine (back"));
    assertThat(ModelDescription.read(models.get(trained).description()).provenance())
        .containsEntry("images", "4");
  }

  @Test
  void noPictureAtAllEndsTheCampaign() throws Exception {
    TrainingRequest request = request("none");
    for (StoredImage image : stores.images.all(request.round().campaign())) {
      Files.write(folder.resolve("none").resolve(image.path()), new byte[] {1});
      stores.images.quarantine(request.round().campaign(), image.path(), "damaged");
    }

    assertRefused(request, FinalFailure.BAD_DATASET)
        .hasMessageContaining("no image of the training set can be read any more");
  }

  @Test
  void aCancelledTrainingEndsAtItsNextStepAndKeepsItsCheckpoint() throws Exception {
    int epochs = 2000; // of two steps: minutes, were it not cancelled
    TrainingRequest request = request("cancelled", epochs);
    temporal.setActivityHeartbeatListener(
        TrainingProgress.class,
        progress -> {
          if (progress != null) { // the first words come before the first step
            seen.add(progress);
            temporal.requestCancelActivity();
          }
        });

    assertThatThrownBy(() -> activities.trainModel(request)).isInstanceOf(CanceledFailure.class);

    Path checkpoint =
        new FolderCheckpoints(models.checkpoints(request.round())).newest().orElseThrow();
    assertThat(checkpoint).isNotEmptyFile();
    assertThat(seen.get(seen.size() - 1).step()).isLessThan(2 * epochs);
    assertThat(stores.models.challenger(request.round())).isEmpty();
  }

  private String path(TrainingRequest request, ImageId image) {
    return stores.images.all(request.round().campaign()).stream()
        .filter(stored -> stored.id().equals(image))
        .findFirst()
        .orElseThrow()
        .path();
  }

  private AbstractThrowableAssert<?, ?> assertRefused(TrainingRequest request, String type) {
    return assertThatThrownBy(() -> activities.trainModel(request))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo(type));
  }

  /** A campaign of five pictures, the four of the pool labelled, with weights drawn at random. */
  private TrainingRequest request(String name) throws IOException {
    return request(name, 1);
  }

  private TrainingRequest request(String name, int epochs) throws IOException {
    Path images = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < 5; i++) {
      Files.write(images.resolve(i + ".png"), Pictures.file(Pictures.corners(60 + i, 48), "png"));
    }
    CampaignSpec spec =
        Specs.of(name).images(images).holdout(0.2).training(epochs, 2, 1e-3).build();
    stores.campaigns.create(spec);
    temporal.newActivityStub(DatasetActivities.class).registerDataset(spec.name());
    RoundId round = new RoundId(spec.name(), 1);
    List<StoredImage> all = stores.images.unlabelledPool(spec.name());
    stores.batches.insertIfAbsent(
        round,
        "test",
        all.stream().map(image -> Answers.item(image.id(), Purpose.ACTIVE)).toList(),
        50);
    for (StoredImage image : all) {
      stores.answers.put(round, Answers.corrected(image.id(), box(5, 0)), Optional.empty());
    }
    ModelId start = activities.initialiseModel(spec.name()).model();
    return new TrainingRequest(
        round,
        start,
        new TrainingSetActivitiesImpl(stores.labels, stores.trainingSets, stores.nearDuplicates)
            .freezeTrainingSet(round)
            .id());
  }
}
