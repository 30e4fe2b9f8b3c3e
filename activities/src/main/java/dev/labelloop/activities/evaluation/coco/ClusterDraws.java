package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Draws images with replacement, those that belong together as one. */
final class ClusterDraws {
  /** Draws a block: enough to read a ranking seldom, and small beside it. */
  static final int BLOCK = 16;

  private final int[] cluster;
  private final int clusters;

  /**
   * Draws from so many images.
   *
   * @param cluster of each image, numbered from 0 without gaps
   */
  ClusterDraws(int[] cluster) {
    this.cluster = cluster.clone();
    this.clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
  }

  /** Draws from these images; those of equal keys belong together. */
  static ClusterDraws of(List<ImageId> images, Function<ImageId, ?> key) {
    Map<Object, Integer> numbers = new HashMap<>();
    return new ClusterDraws(
        images.stream()
            .mapToInt(image -> numbers.computeIfAbsent(key.apply(image), k -> numbers.size()))
            .toArray());
  }

  int images() {
    return cluster.length;
  }

  int clusters() {
    return clusters;
  }

  /**
   * How often each image is in each replicate of a block; the same seed draws the same.
   *
   * @param first of the block
   * @param replicates in all; none is drawn beyond
   */
  int[][] block(long seed, int first, int replicates) {
    int[][] weights = new int[Math.min(BLOCK, replicates - first)][cluster.length];
    for (int i = 0; i < weights.length; i++) {
      draw(Draws.of(seed, "bootstrap", first + i), weights[i]);
    }
    return weights;
  }

  private void draw(RandomGenerator random, int[] weights) {
    int[] drawn = new int[clusters];
    for (int i = 0; i < clusters; i++) {
      drawn[random.nextInt(clusters)]++;
    }
    for (int image = 0; image < weights.length; image++) {
      weights[image] = drawn[cluster[image]];
    }
  }
}
