package dev.labelloop.activities.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.labelloop.core.Box;
import dev.labelloop.core.ModelId;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the holdout can be trusted: images of the pool that look like one of it, and labels of it
 * that may be wrong.
 *
 * @param images folder that files lie in
 * @param alike images of the pool whose hash is near that of an image of the holdout
 * @param keptOut of these, those that stay out of review and training
 * @param leftOut labelled images that the newest training set leaves out for that
 * @param pairs of these, at most the first {@value #MOST_PAIRS}; those kept out first, the nearest
 *     first
 * @param audit of the holdout's labels; null before a model that predicts was measured
 */
public record HoldoutReport(
    @JsonIgnore Path images,
    int alike,
    int keptOut,
    int leftOut,
    List<Pair> pairs,
    @Nullable Audit audit) {
  /** Enough to see what kind of likeness it is. */
  public static final int MOST_PAIRS = 50;

  /** More than a person looks through in a sitting. */
  public static final int MOST_BOXES = 200;

  public HoldoutReport {
    pairs = List.copyOf(pairs);
  }

  /**
   * Two images that look alike.
   *
   * @param file of the pool, relative to the image folder
   * @param holdoutFile of the holdout, likewise
   * @param hashDistance bits of 256 that differ
   * @param embeddingDistance cosine distance; null until one model has predicted both
   * @param keptOut whether the pool's stays out of review and training
   */
  public record Pair(
      String file,
      String holdoutFile,
      int hashDistance,
      @Nullable Double embeddingDistance,
      boolean keptOut) {}

  /**
   * What the champion and the first model together say about the holdout's labels.
   *
   * @param model the champion
   * @param found labels and places in doubt
   * @param boxes of these, at most the first {@value HoldoutReport#MOST_BOXES}, the most suspicious
   *     first
   */
  public record Audit(ModelId model, int found, List<Suspicious> boxes) {
    public Audit {
      boxes = List.copyOf(boxes);
    }
  }

  /**
   * A label, or a place without one, that a person should look at.
   *
   * @param file relative to the image folder
   * @param kind such as {@code badly located}
   * @param label what is labelled; null where an object seems to be overlooked
   * @param instead what the models would say
   * @param confidence theirs, in [0, 1]
   * @param score in [0, 1], low is suspicious
   */
  public record Suspicious(
      String file,
      String kind,
      @Nullable Named label,
      Named instead,
      double confidence,
      double score) {}

  /** A box of a class. */
  public record Named(String className, Box box) {}
}
