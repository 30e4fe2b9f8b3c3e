package dev.labelloop.activities.detector;

import dev.labelloop.activities.training.Checkpoints;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of detector: how to make, load and train one. */
public interface DetectorFamily {
  /** The name in specifications, such as {@code yolox}. */
  String name();

  /** The sizes it comes in, such as {@code nano}, the smallest first. */
  List<String> sizes();

  /**
   * Checks, without writing anything, that a model of this size can start from these weights.
   *
   * @throws InvalidModelException if they are cut off or of another architecture
   */
  void requireStart(String size, ModelFiles weights);

  /**
   * Makes a campaign's initial model in a folder.
   *
   * <p>Classes that the weights know by name keep their rows of the head; others start fresh. The
   * same arguments give the same tensors, bit for bit.
   *
   * @param size such as {@code nano}
   * @param classes of the campaign, in order
   * @param weights to start from, or null for a random start
   * @param input side of the square network input in pixels
   * @throws InvalidModelException if the weights are cut off or of another architecture
   */
  InitialModel initial(
      String size,
      List<String> classes,
      @Nullable ModelFiles weights,
      int input,
      long seed,
      Path folder);

  /**
   * Loads a model for inference.
   *
   * @throws InvalidModelException if the files are cut off or of another architecture
   */
  Detector load(ModelFiles files);

  /**
   * Trains on from a model; the result lies in {@code folder}.
   *
   * <p>Resumes from the newest checkpoint, bit for bit at equal thread count. Stops with the
   * exception that {@code progress} throws, after a checkpoint.
   */
  ModelFiles train(
      ModelFiles start,
      TrainingData data,
      TrainingSpec spec,
      Checkpoints checkpoints,
      Progress progress,
      Path folder);

  /**
   * Checks that this machine computes a network of the family rightly; seconds.
   *
   * @return what was checked and how exact it is, for people
   * @throws dev.labelloop.activities.detector.nn.WrongConvolutionException if it does not
   */
  String selfCheck(String size, int classes, int input);
}
