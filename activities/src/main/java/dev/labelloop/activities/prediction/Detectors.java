package dev.labelloop.activities.prediction;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one loaded detector of a process; loading another model closes it.
 *
 * <p>One at a time predicts: a detector uses all threads that the process has for inference.
 */
public final class Detectors implements AutoCloseable {
  private final Function<ModelFiles, Detector> loader;
  private @Nullable ModelFiles loadedFiles;
  private @Nullable Detector loaded;

  Detectors(Function<ModelFiles, Detector> loader) {
    this.loader = loader;
  }

  /** Detectors of every family. */
  public static Detectors ofAllFamilies() {
    return new Detectors(
        files -> DetectorFamilies.of(ModelDescription.read(files.description())).load(files));
  }

  /** Work with a detector. */
  public interface Work<T> {
    T with(Detector detector);
  }

  /** Runs the work with the model's detector, alone. */
  public synchronized <T> T use(ModelFiles files, Work<T> work) {
    Detector detector = loaded;
    if (detector == null || !files.equals(loadedFiles)) {
      close();
      detector = loader.apply(files);
      loaded = detector;
      loadedFiles = files;
    }
    return work.with(detector);
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
