package dev.labelloop.activities.prediction;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.core.ModelId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one loaded detector of a process; loading another model closes it.
 *
 * <p>One at a time predicts: a detector uses all threads that the process has for inference.
 */
public final class Detectors implements AutoCloseable {
  private final Function<ModelId, Detector> loader;
  private @Nullable ModelId loadedId;
  private @Nullable Detector loaded;

  Detectors(Function<ModelId, Detector> loader) {
    this.loader = loader;
  }

  /** Detectors of the models in a store. */
  public static Detectors of(ModelStore store) {
    return new Detectors(
        id -> {
          ModelFiles files = store.get(id);
          return DetectorFamilies.of(ModelDescription.read(files.description())).load(files);
        });
  }

  /** Work with a detector. */
  public interface Work<T> {
    T with(Detector detector);
  }

  /** Runs the work with the model's detector, alone. */
  public synchronized <T> T use(ModelId id, Work<T> work) {
    Detector detector = loaded;
    if (detector == null || !id.equals(loadedId)) {
      close();
      detector = loader.apply(id);
      loaded = detector;
      loadedId = id;
    }
    return work.with(detector);
  }

  @Override
  public synchronized void close() {
    if (loaded != null) {
      loaded.close();
      loaded = null;
      loadedId = null;
    }
  }
}
