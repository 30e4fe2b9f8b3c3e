package dev.labelloop.activities.selection;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The pool as strategies see it: images without a label, one row each, by ascending image id, so
 * that a strategy that goes by rows cannot depend on the order they were read in.
 *
 * <p>Kept as columns, for a pool may hold a million images. Confidences and boxes have the float32
 * precision that predictions are stored with.
 */
public final class PoolView {
  /** Where people's seconds are not known, all images cost the same. */
  public static final double EVEN_COST = 1;

  private final Builder columns;
  private final int[] rows;

  private PoolView(Builder columns, int[] rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** An empty view to fill. */
  public static Builder builder() {
    return new Builder();
  }

  /** Number of images. */
  public int size() {
    return rows.length;
  }

  /** The image of a row. */
  public ImageId image(int row) {
    return columns.images.get(rows[row]);
  }

  /** Number of detections in an image. */
  public int boxes(int row) {
    return columns.firstBox[rows[row] + 1] - columns.firstBox[rows[row]];
  }

  /** Confidence of an image's detection, in [0, 1]. */
  public double confidence(int row, int box) {
    return columns.confidence[columns.firstBox[rows[row]] + box];
  }

  /** Class index of an image's detection, from 0. */
  public int classIndex(int row, int box) {
    return columns.classIndex[columns.firstBox[rows[row]] + box];
  }

  /** Place of an image's detection, in pixels of the upright image. */
  public Box box(int row, int box) {
    int at = 4 * (columns.firstBox[rows[row]] + box);
    float[] c = columns.corners;
    return new Box(c[at], c[at + 1], c[at + 2], c[at + 3]);
  }

  /** The image's feature vector as float16 bits, empty if there is none; not a copy. */
  public short[] embedding(int row) {
    return columns.embeddings.get(rows[row]);
  }

  /** What a review of the image costs: expected seconds, or {@link #EVEN_COST}. */
  public double cost(int row) {
    return columns.cost[rows[row]];
  }

  /** Images that people have labelled already. */
  public List<LabelledImage> labelled() {
    return columns.labelled;
  }

  /** The images that hold a detection of at least this confidence; the columns are shared. */
  public PoolView holding(double leastConfidence) {
    return where(row -> holds(row, leastConfidence));
  }

  /** The pool without these images; the columns are shared. */
  public PoolView without(Set<ImageId> images) {
    return where(row -> !images.contains(image(row)));
  }

  private boolean holds(int row, double leastConfidence) {
    for (int box = 0; box < boxes(row); box++) {
      if (confidence(row, box) >= leastConfidence) {
        return true;
      }
    }
    return false;
  }

  private PoolView where(IntPredicate keep) {
    int[] kept = IntStream.range(0, rows.length).filter(keep).map(row -> rows[row]).toArray();
    return new PoolView(columns, kept);
  }

  /** Collects the pool, in any order. Not to be used after {@link #build}. */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 256;
    private static final short[] NO_EMBEDDING = {};

    private final List<ImageId> images = new ArrayList<>();
    private final List<short[]> embeddings = new ArrayList<>();
    private final List<LabelledImage> labelled = new ArrayList<>();
    private int[] firstBox = new int[FIRST_CAPACITY];
    private double[] cost = new double[FIRST_CAPACITY];
    private int[] classIndex = new int[FIRST_CAPACITY];
    private float[] confidence = new float[FIRST_CAPACITY];
    private float[] corners = new float[4 * FIRST_CAPACITY];

    private Builder() {}

    /** Adds an image of which nothing else is known. */
    public Builder add(ImageId image, List<Detection> detections) {
      return add(image, detections, NO_EMBEDDING, EVEN_COST);
    }

    /**
     * Adds an image.
     *
     * @param embedding float16 bits, kept as it is; empty if there is none
     * @param reviewCost expected seconds of a person, or {@link #EVEN_COST}
     */
    public Builder add(
        ImageId image, List<Detection> detections, short[] embedding, double reviewCost) {
      int row = images.size();
      if (row + 1 == firstBox.length) {
        firstBox = Arrays.copyOf(firstBox, 2 * firstBox.length);
        cost = Arrays.copyOf(cost, 2 * cost.length);
      }
      images.add(image);
      embeddings.add(embedding);
      cost[row] = reviewCost;
      int box = firstBox[row];
      for (Detection detection : detections) {
        put(box++, detection);
      }
      firstBox[row + 1] = box;
      return this;
    }

    private void put(int box, Detection detection) {
      if (box == confidence.length) {
        classIndex = Arrays.copyOf(classIndex, 2 * box);
        confidence = Arrays.copyOf(confidence, 2 * box);
        corners = Arrays.copyOf(corners, 8 * box);
      }
      classIndex[box] = detection.classIndex();
      confidence[box] = (float) detection.confidence();
      corners[4 * box] = (float) detection.box().x();
      corners[4 * box + 1] = (float) detection.box().y();
      corners[4 * box + 2] = (float) detection.box().width();
      corners[4 * box + 3] = (float) detection.box().height();
    }

    /** Adds an image that people have labelled. */
    public Builder addLabelled(LabelledImage image) {
      labelled.add(image);
      return this;
    }

    /**
     * The view.
     *
     * @throws IllegalArgumentException if an image was added twice
     */
    public PoolView build() {
      int[] sorted =
          IntStream.range(0, images.size())
              .boxed()
              .sorted(Comparator.comparing(images::get))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 1; i < sorted.length; i++) {
        if (images.get(sorted[i]).equals(images.get(sorted[i - 1]))) {
          throw new IllegalArgumentException(
              "the pool holds image " + images.get(sorted[i]) + " twice");
        }
      }
      labelled.sort(Comparator.comparing(LabelledImage::image));
      return new PoolView(this, sorted);
    }
  }
}
