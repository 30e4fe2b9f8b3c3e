package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.core.ImageId;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The work itself, in this very process.
 *
 * <p>One detector is loaded; loading another model closes it. One picture at a time is predicted: a
 * detector uses all threads that the process has for inference.
 */
public final class InProcess implements PictureWork {
  private final ImageDecoder decoder;
  private @Nullable ModelFiles loadedFiles;
  private @Nullable Detector loaded;

  public InProcess(ImageDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Picture check(Path folder, String path, Runnable step) {
    try {
      byte[] bytes = decoder.bytes(folder.resolve(path));
      step.run();
      ImageId id = ImageStore.idOf(bytes);
      RgbImage image = decoder.decode(bytes, path);
      return new Picture(id, image.width(), image.height(), PerceptualHash.of(image));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof AccessDeniedException) {
        throw new ImageRejectedException(path + " may not be read: give this user the right to", e);
      }
      throw e; // a disk or a network that fails now may work later: not the image's fault
    }
  }

  @Override
  public synchronized void load(ModelFiles model) {
    detector(model);
  }

  @Override
  public synchronized Inference predict(
      ModelFiles model, Path folder, ImageId image, String path, Runnable step) {
    byte[] bytes = new ImageStore(folder, decoder).bytes(image, path);
    step.run();
    RgbImage picture = decoder.decode(bytes, path);
    return detector(model).detect(List.of(picture)).get(0);
  }

  private Detector detector(ModelFiles model) {
    Detector detector = loaded;
    if (detector == null || !model.equals(loadedFiles)) {
      close();
      detector = DetectorFamilies.of(ModelDescription.read(model.description())).load(model);
      loaded = detector;
      loadedFiles = model;
    }
    return detector;
  }

  @Override
  public synchronized void close() {
    if (loaded != null) {
      loaded.close();
      loaded = null;
      loadedFiles = null;
    }
  }
}
