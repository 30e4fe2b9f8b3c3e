package dev.labelloop.worker.solo;

import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.activities.training.FolderCheckpoints;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.core.Sha256;
import dev.labelloop.model.TrainingSpec;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One training in a folder.
 *
 * <pre>
 * OUT/weights.safetensors, OUT/model.json      the result
 * OUT/.training/&lt;hash of what is trained&gt;/     checkpoints, until the training is done
 * OUT/.trained                                 that hash, once it is done
 * </pre>
 *
 * <p>The same training begun again goes on from its checkpoint; a finished one stays as it is.
 */
public final class SoloTraining {
  private static final String TRAINED = ".trained";

  private final DetectorFamily family;
  private final String size;
  private final @Nullable ModelFiles weights;
  private final TrainingSpec spec;

  /**
   * A training that has not begun.
   *
   * @param size of a model with random weights, and what {@code weights} must be of
   * @param weights to start from; null for random ones
   */
  public SoloTraining(
      DetectorFamily family, String size, @Nullable ModelFiles weights, TrainingSpec spec) {
    this.family = family;
    this.size = size;
    this.weights = weights;
    this.spec = spec;
  }

  /**
   * Trains to the end; {@code progress} may throw to stop it after a checkpoint.
   *
   * @throws BadInputException if the folder holds another model
   */
  public ModelFiles train(LabelledFolder data, Path out, Progress progress) {
    String key = key(data);
    Path work = out.resolve(".training").resolve(key);
    if (Files.exists(out.resolve("model.json")) && !Files.exists(work)) {
      if (!key.equals(trained(out))) {
        throw new BadInputException(
            out + " holds another model: name another folder with --out, or remove this one");
      }
      return ModelFiles.at(out);
    }
    try {
      Files.createDirectories(work.resolve("start"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot work in " + work, e);
    }
    ModelFiles start =
        family
            .initial(
                size, data.classes(), weights, spec.input(), spec.seed(), work.resolve("start"))
            .files();
    ModelFiles trained =
        family.train(
            start, data, spec, new FolderCheckpoints(work.resolve("checkpoints")), progress, out);
    try {
      Files.writeString(out.resolve(TRAINED), key);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into " + out, e);
    }
    Folders.delete(out.resolve(".training"));
    return trained;
  }

  /** What was trained there; empty if that is not known. */
  private static String trained(Path out) {
    try {
      Path file = out.resolve(TRAINED);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + out, e);
    }
  }

  private String key(LabelledFolder data) {
    String all = family.name() + size + weights + spec + data.classes() + data.examples();
    return Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }
}
