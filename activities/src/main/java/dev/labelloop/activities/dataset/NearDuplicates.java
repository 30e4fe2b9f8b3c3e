package dev.labelloop.activities.dataset;

import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.core.ImageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds images of the pool that look like one of the holdout.
 *
 * <p>They are alike if their hashes differ in at most {@link PerceptualHash#ALIKE} bits, and in
 * less than {@value #OF_TEN} tenths of what lies between an image of this pool and the nearest of
 * the holdout, in the median. Among photos of all kinds of things that is some 100 bits, and both
 * bounds are much the same. Photos of one camera that never moves are all alike, and then a hash
 * can only tell which are more alike than usual; half of the pool stays in, whatever it is.
 *
 * <p>Each is compared with the whole holdout, which takes some nanoseconds a pair: a million images
 * and a holdout of a thousand take seconds, so no index is worth its code.
 */
final class NearDuplicates {
  private static final int OF_TEN = 7;

  /** Of fewer images nobody can say what is usual. */
  private static final int LEAST_POOL = 10;

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
    List<NearDuplicate> nearest = new ArrayList<>();
    for (StoredImage image : pool) {
      step.run();
      nearest.add(apart.nearest(image.id(), hash(hashes, image)));
    }
    int usual = usual(nearest);
    return nearest.stream()
        .filter(pair -> pair.hashDistance() <= PerceptualHash.ALIKE)
        .filter(pair -> 10 * pair.hashDistance() < OF_TEN * usual)
        .toList();
  }

  /** The median; 0 where there are too few to have one. */
  private static int usual(List<NearDuplicate> nearest) {
    int[] distances = nearest.stream().mapToInt(NearDuplicate::hashDistance).sorted().toArray();
    return distances.length < LEAST_POOL ? 0 : distances[distances.length / 2];
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
