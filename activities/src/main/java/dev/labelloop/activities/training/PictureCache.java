package dev.labelloop.activities.training;

import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.ImageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Training data that keeps decoded pictures up to a number of bytes.
 *
 * <p>Every epoch asks for every picture once, so the first that fit stay for good: throwing the
 * longest unused out would throw each out just before its turn.
 */
final class PictureCache implements TrainingData {
  private final TrainingData data;
  private final Map<ImageId, RgbImage> kept = new HashMap<>();
  private long free;

  /**
   * An empty cache.
   *
   * @param bytes of pixels to keep at most
   */
  PictureCache(TrainingData data, long bytes) {
    this.data = data;
    this.free = bytes;
  }

  @Override
  public List<String> classes() {
    return data.classes();
  }

  @Override
  public List<TrainingExample> examples() {
    return data.examples();
  }

  @Override
  public RgbImage picture(ImageId image) {
    synchronized (kept) {
      RgbImage known = kept.get(image);
      if (known != null) {
        return known;
      }
    }
    RgbImage picture = data.picture(image);
    synchronized (kept) {
      if (picture.rgb().length <= free && kept.putIfAbsent(image, picture) == null) {
        free -= picture.rgb().length;
      }
    }
    return picture;
  }
}
