package dev.labelloop.activities.model;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.activities.trainingset.Manifest;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A frozen manifest as a training reads it, less what can no more be read. */
final class ManifestData implements TrainingData {
  private final List<String> classes;
  private final List<TrainingExample> examples;
  private final Map<ImageId, StoredImage> images;
  private final ImageStore store;

  ManifestData(
      List<String> classes, Manifest manifest, Map<ImageId, StoredImage> images, ImageStore store) {
    this.classes = classes;
    this.examples =
        manifest.items().stream()
            .filter(item -> images.containsKey(item.image()))
            .map(ManifestData::example)
            .toList();
    this.images = images;
    this.store = store;
  }

  /** Reasons by path of the pictures that cannot be read; looks at every one. */
  Map<String, String> unreadable() {
    Map<String, String> reasons = new TreeMap<>();
    for (TrainingExample example : examples) {
      try {
        picture(example.image());
      } catch (ImageRejectedException e) {
        reasons.put(stored(example.image()).path(), String.valueOf(e.getMessage()));
      }
    }
    return reasons;
  }

  private static TrainingExample example(Manifest.Item item) {
    return new TrainingExample(
        item.image(), item.boxes(), item.ignore().stream().map(LabelledBox::box).toList(), 1);
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public List<TrainingExample> examples() {
    return examples;
  }

  @Override
  public RgbImage picture(ImageId image) {
    StoredImage stored = stored(image);
    return store.open(stored.id(), stored.path());
  }

  private StoredImage stored(ImageId image) {
    return Objects.requireNonNull(images.get(image), "image of the training set");
  }
}
