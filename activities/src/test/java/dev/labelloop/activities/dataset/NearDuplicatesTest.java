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
    List<NearDuplicate> found =
        find(
            strangers(128, Map.of("same", 0, "alike", 72, "other", 73)),
            Map.of("h0", 0, "h1", 256));

    assertThat(found)
        .containsExactlyInAnyOrder(
            new NearDuplicate(image("same"), image("h0"), 0),
            new NearDuplicate(image("alike"), image("h0"), 72));
    assertThat(steps).hasValue(13);
  }

  @Test
  void whereAllAreNearOnlyTheNearerAreAlike() {
    // Usual are 30 bits; alike are those of less than 0.7 x 30 = 21.
    List<NearDuplicate> found = find(strangers(30, Map.of("a", 20, "b", 21)), Map.of("h", 0));

    assertThat(found).containsExactly(new NearDuplicate(image("a"), image("h"), 20));
  }

  @Test
  void whereAllAreEqualAHashTellsNothing() {
    assertThat(find(strangers(0, Map.of("a", 0)), Map.of("h", 0))).isEmpty();
  }

  @Test
  void ofAHandfulNothingIsUsual() {
    assertThat(find(Map.of("a", 0, "b", 128, "c", 128), Map.of("h", 0))).isEmpty();
  }

  @Test
  void ofEquallyNearOnesItIsTheFirst() {
    assertThat(find(strangers(128, Map.of("a", 1)), Map.of("h0", 0, "h1", 2)))
        .containsExactly(new NearDuplicate(image("a"), image("h0"), 1));
  }

  /** These, and ten more with that many bits set. */
  private static Map<String, Integer> strangers(int set, Map<String, Integer> pool) {
    Map<String, Integer> all = new TreeMap<>(pool);
    for (int i = 0; i < 10; i++) {
      all.put("s" + i, set);
    }
    return all;
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
