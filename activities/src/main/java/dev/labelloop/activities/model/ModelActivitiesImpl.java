package dev.labelloop.activities.model;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.InitialModel;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.heartbeat.Heartbeat;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.activities.training.FolderCheckpoints;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.activities.training.TrainingFailedException;
import dev.labelloop.activities.trainingset.TrainingSetRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes and trains models in a folder of its own, then stores them by hash. */
public final class ModelActivitiesImpl implements ModelActivities {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final TrainingSetRepository trainingSets;
  private final ModelRepository models;
  private final ModelStore store;
  private final ImageDecoder decoder;

  public ModelActivitiesImpl(
      CampaignRepository campaigns,
      ImageRepository images,
      TrainingSetRepository trainingSets,
      ModelRepository models,
      ModelStore store,
      ImageDecoder decoder) {
    this.campaigns = campaigns;
    this.images = images;
    this.trainingSets = trainingSets;
    this.models = models;
    this.store = store;
    this.decoder = decoder;
  }

  @Override
  public InitialModelResult initialiseModel(CampaignName campaign) {
    Path place = store.checkpoints(new RoundId(campaign, 0));
    if (models.initial(campaign).isEmpty()) {
      Path folder = place.resolve("attempt-" + UUID.randomUUID());
      try {
        create(folder);
        InitialModel initial = initial(campaigns.spec(campaign), folder);
        InitialModelResult result =
            new InitialModelResult(store.put(initial.files()), initial.knownClasses().size());
        models.insertInitial(campaign, result, description(initial.files()));
      } finally {
        Folders.delete(folder); // a full disk is not made fuller by each attempt
      }
    }
    Folders.delete(place); // of attempts that were killed
    return models.initial(campaign).orElseThrow();
  }

  private static InitialModel initial(CampaignSpec spec, Path folder) {
    CampaignSpec.Model model = spec.model();
    try {
      return DetectorFamilies.named(model.family())
          .initial(
              model.size(),
              spec.classes(),
              weights(model.weights()),
              model.input(),
              spec.training().seed(),
              folder);
    } catch (InvalidModelException | IllegalArgumentException e) {
      throw last(FinalFailure.BAD_MODEL, e);
    }
  }

  private static @Nullable ModelFiles weights(@Nullable String path) {
    return path == null ? null : ModelFiles.at(Path.of(path));
  }

  @Override
  public ModelId trainModel(TrainingRequest request) {
    RoundId round = request.round();
    ModelId challenger = models.challenger(round).orElseGet(() -> train(request));
    // Here, for an attempt may die between storing and this.
    Folders.delete(store.checkpoints(round));
    return challenger;
  }

  private ModelId train(TrainingRequest request) {
    try (Heartbeat heartbeat = Heartbeat.start()) {
      int attempt = models.beginAttempt(request.round());
      return train(request, attempt, data(request.round()), new StepNotes(heartbeat));
    }
  }

  private ModelId train(
      TrainingRequest request, int attempt, ManifestData data, Progress progress) {
    RoundId round = request.round();
    try {
      ModelFiles files = trained(request, attempt, data, progress);
      if (!models.insertChallenger(request, attempt, store.put(files), description(files))) {
        throw ApplicationFailure.newFailure(
            "a newer attempt trains round " + round + "; this one ends", "Superseded");
      }
      return models.challenger(round).orElseThrow();
    } catch (InvalidModelException e) {
      throw last(FinalFailure.BAD_MODEL, e);
    } catch (ImageRejectedException e) {
      throw withoutThem(round.campaign(), data.unreadable(), e);
    } catch (TrainingFailedException e) {
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          e.getMessage()
              + "; a stored campaign keeps its specification, so give the new one another name and"
              + " take the labels along by 'export' and 'import'",
          FinalFailure.BAD_SPECIFICATION,
          e);
    }
  }

  /** Trains beside the checkpoints, in a folder that no other attempt writes to. */
  private ModelFiles trained(
      TrainingRequest request, int attempt, TrainingData data, Progress progress) {
    CampaignSpec spec = campaigns.spec(request.round().campaign());
    FolderCheckpoints checkpoints = new FolderCheckpoints(store.checkpoints(request.round()));
    Path folder = checkpoints.folder().resolve("attempt-" + attempt);
    create(folder);
    return DetectorFamilies.named(spec.model().family())
        .train(
            store.get(request.start(), spec.model().input(), spec.classes()),
            data,
            spec.trainingSpec(),
            checkpoints,
            progress,
            folder);
  }

  private static ApplicationFailure last(String type, RuntimeException cause) {
    return ApplicationFailure.newNonRetryableFailureWithCause(
        String.valueOf(cause.getMessage()), type, cause);
  }

  /** Puts pictures that went bad into quarantine; the next attempt trains without them. */
  private ApplicationFailure withoutThem(
      CampaignName campaign, Map<String, String> unreadable, ImageRejectedException first) {
    unreadable.forEach((file, reason) -> images.quarantine(campaign, file, reason));
    return ApplicationFailure.newFailureWithCause(
        unreadable.size() + " training images are now in quarantine; training begins without them",
        "Quarantined",
        first);
  }

  private static boolean isReadable(ImageStore files, StoredImage image) {
    try {
      files.open(image.id(), image.path());
      return true;
    } catch (ImageRejectedException e) {
      return false;
    }
  }

  private static String description(ModelFiles files) {
    try {
      return Files.readString(files.description());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + files.description(), e);
    }
  }

  /** What the round trains on, less what lies in quarantine and still cannot be read. */
  private ManifestData data(RoundId round) {
    CampaignSpec spec = campaigns.spec(round.campaign());
    ImageStore files = new ImageStore(Path.of(spec.images()), decoder);
    images.quarantined(round.campaign()).stream()
        .filter(image -> isReadable(files, image))
        .forEach(image -> images.release(round.campaign(), image.path()));
    Map<ImageId, StoredImage> readable =
        images.readable(round.campaign()).stream()
            .collect(Collectors.toMap(StoredImage::id, Function.identity()));
    ManifestData data =
        new ManifestData(spec.classes(), trainingSets.manifest(round), readable, files);
    if (data.examples().isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "no image of the training set can be read any more, in round "
              + round
              + " from folder "
              + spec.images()
              + ": put the files back and start the campaign again; 'campaign report' names them",
          FinalFailure.BAD_DATASET);
    }
    return data;
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
  }
}
