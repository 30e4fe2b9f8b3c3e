package dev.labelloop.activities.dataset;

import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.core.ImageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds images of the pool that look like one of the holdout.
 *
 * <p>They are alike if their hashes differ in at most {@link PerceptualHash#ALIKE} bits where
 * strangers differ in {@link PerceptualHash#STRANGERS}, as photos do, and in as many less as
 * strangers are nearer to each other in this data set: photos of one camera that never moves are
 * all alike, and then a hash can only tell which are more alike than all.
 *
 * <p>Each is compared with the whole holdout, which takes some nanoseconds a pair: a million images
 * and a holdout of a thousand take seconds, so no index is worth its code.
 */
final class NearDuplicates {
  private final List<StoredImage> holdout;
  private final List<PerceptualHash> hashes;

  private NearDuplicates(List<StoredImage> holdout, Map<ImageId, PerceptualHash> hashes) {
    this.holdout = holdout;
    this.hashes = holdout.stream().map(image -> hash(hashes, image)).toList();
  }

  /**
   * Each such image with the nearest of the holdout, of several the first.
   *
   * @param hashes of all these images
   * @param step called before each image; what it throws ends the search
   */
  static List<NearDuplicate> find(
      List<StoredImage> pool,
      List<StoredImage> holdout,
      Map<ImageId, PerceptualHash> hashes,
      Runnable step) {
    NearDuplicates apart = new NearDuplicates(holdout, hashes);
    List<PerceptualHash> ours = pool.stream().map(image -> hash(hashes, image)).toList();
    int most = most(apart.median(ours));
    List<NearDuplicate> found = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      step.run();
      NearDuplicate pair = apart.nearest(pool.get(i).id(), ours.get(i));
      if (pair.hashDistance() <= most) {
        found.add(pair);
      }
    }
    return found;
  }

  /** Bits that images that look alike may differ in; none do where strangers are equal. */
  private static int most(int strangers) {
    int known = Math.min(PerceptualHash.STRANGERS, strangers);
    return known == 0 ? -1 : PerceptualHash.ALIKE * known / PerceptualHash.STRANGERS;
  }

  /** Of one pair for each image of the pool: ids are hashes, so that is a fair sample. */
  private int median(List<PerceptualHash> pool) {
    int[] distances = new int[pool.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = pool.get(i).distance(hashes.get(i % hashes.size()));
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }

  private NearDuplicate nearest(ImageId image, PerceptualHash hash) {
    int nearest = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < hashes.size(); i++) {
      int distance = hash.distance(hashes.get(i));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return new NearDuplicate(image, holdout.get(nearest).id(), least);
  }

  private static PerceptualHash hash(Map<ImageId, PerceptualHash> hashes, StoredImage image) {
    return Objects.requireNonNull(hashes.get(image.id()), "every image is hashed");
  }
}
