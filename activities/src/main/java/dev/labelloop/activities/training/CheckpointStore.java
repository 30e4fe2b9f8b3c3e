package dev.labelloop.activities.training;

import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.weights.Safetensors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training: AdamW's state, and in the file's free text whose it is and at
 * how many threads it was made. Another number of threads sums in another order, so a training
 * keeps the number it began with.
 */
final class CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
  private static final String TRAINING = "training";
  private static final String THREADS = "threads";
  private static final String STEPS = "steps";

  private final Checkpoints checkpoints;
  private final TrainingKey key;

  /**
   * A state to go on from.
   *
   * @param file safetensors
   * @param threads the number that the training began with
   */
  record Found(Path file, int threads) {}

  CheckpointStore(Checkpoints checkpoints, TrainingKey key) {
    this.checkpoints = checkpoints;
    this.key = key;
  }

  /** The newest checkpoint of this very training. */
  Optional<Found> newest() {
    return checkpoints.newest().flatMap(this::ours);
  }

  private Optional<Found> ours(Path file) {
    SortedMap<String, String> text = Safetensors.metadata(file);
    if (!key.hash().equals(text.get(TRAINING))) {
      LOG.warn(
          "the training begins anew: {} is of other images, labels, weights or settings", file);
      return Optional.empty();
    }
    String threads = text.getOrDefault(THREADS, "");
    try {
      return Optional.of(new Found(file, Integer.parseInt(threads)));
    } catch (NumberFormatException e) {
      throw new InvalidModelException(
          file + " tells of '" + threads + "' threads: remove it, the training then begins anew",
          e);
    }
  }

  /**
   * Keeps the state in place of the one before, unless another attempt has come further: this one
   * was then frozen for a while and does not know that it is over.
   */
  void save(AdamW optimiser, int threads) {
    int furthest = checkpoints.newest().map(this::steps).orElse(0);
    if (furthest > optimiser.steps()) {
      LOG.info("another attempt is at step {}, step {} is not kept", furthest, optimiser.steps());
      return;
    }
    SortedMap<String, String> text = new TreeMap<>();
    text.put(TRAINING, key.hash());
    text.put(THREADS, Integer.toString(threads));
    text.put(STEPS, Integer.toString(optimiser.steps()));
    Path file = checkpoints.folder().resolve("step-" + UUID.randomUUID() + ".safetensors");
    Safetensors.write(file, optimiser.state(), text);
    checkpoints.publish(file);
  }

  private int steps(Path file) {
    SortedMap<String, String> text = Safetensors.metadata(file);
    boolean ours = key.hash().equals(text.get(TRAINING));
    return ours ? Integer.parseInt(text.getOrDefault(STEPS, "0")) : 0;
  }
}
