package dev.labelloop.activities.dataset;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.image.PerceptualHash;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void findsTheNearestOfTheHoldoutForEachThatIsNear() {
    // One pair an image, in turn with h0 and h1: 72, 183, 128, 128, 128, 128, 0; median 128.
    List<NearDuplicate> found =
        find(
            Map.of("same", 0, "alike", 72, "other", 73, "s0", 128, "s1", 128, "s2", 128, "s3", 128),
            Map.of("h0", 0, "h1", 256));

    assertThat(found)
        .containsExactlyInAnyOrder(
            new NearDuplicate(image("same"), image("h0"), 0),
            new NearDuplicate(image("alike"), image("h0"), 72));
    assertThat(steps).hasValue(7);
  }

  @Test
  void whereAllAreNearOnlyTheNearerAreAlike() {
    // Strangers differ in 32 bits, a quarter of what is usual, so alike are those of 72 / 4 = 18.
    List<NearDuplicate> found =
        find(Map.of("a", 18, "b", 19, "c", 32, "d", 32, "e", 32), Map.of("h", 0));

    assertThat(found).containsExactly(new NearDuplicate(image("a"), image("h"), 18));
  }

  @Test
  void whereAllAreEqualAHashTellsNothing() {
    assertThat(find(Map.of("a", 0, "b", 0), Map.of("h", 0))).isEmpty();
  }

  @Test
  void ofEquallyNearOnesItIsTheFirst() {
    assertThat(find(Map.of("a", 1, "b", 128, "c", 128), Map.of("h0", 0, "h1", 2)))
        .containsExactly(new NearDuplicate(image("a"), image("h0"), 1));
  }

  /** Images by name, with the number of bits that are set in their hash. */
  private List<NearDuplicate> find(Map<String, Integer> pool, Map<String, Integer> holdout) {
    Map<ImageId, PerceptualHash> hashes = new TreeMap<>();
    pool.forEach((name, set) -> hashes.put(image(name), bits(set)));
    holdout.forEach((name, set) -> hashes.put(image(name), bits(set)));
    return NearDuplicates.find(
        stored(pool.keySet()), stored(holdout.keySet()), hashes, steps::incrementAndGet);
  }

  /** A hash whose first bits are set. */
  private static PerceptualHash bits(int set) {
    return new PerceptualHash(word(set), word(set - 64), word(set - 128), word(set - 192));
  }

  private static long word(int set) {
    return set <= 0 ? 0 : -1L >>> (64 - Math.min(64, set));
  }

  private static List<StoredImage> stored(Set<String> names) {
    return names.stream().sorted().map(name -> new StoredImage(image(name), name, 8, 8)).toList();
  }
}
