package dev.labelloop.activities.review.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.quality.HumanTimeFit.Timed;
import dev.labelloop.core.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HumanTimeFitTest {
  @Test
  void expectsWhatIsKnownOfPeopleBeforeAnythingIsMeasured() {
    assertThat(HumanTimeFit.of(List.of(), HumanTime.BASE)).isEqualTo(HumanTime.BASE);
  }

  @Test
  void weighsTwentyImaginedImagesAgainstTheMeasuredOnes() {
    // 20 images that were only opened, 1.8 s each, against 20 imagined at 7.8 s: 4.8 s; no other
    // act was seen
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      timed.add(new Timed(Map.of(), 1.8));
    }

    HumanTime found = HumanTimeFit.of(timed, HumanTime.BASE);

    assertThat(found.scan()).isCloseTo(4.8, within(1e-6));
    assertThat(found.draw()).isCloseTo(HumanTime.BASE.draw(), within(1e-6));
  }

  @Test
  void findsTheTimesOfPeopleWhoAreMeasuredOften() {
    // Fast people with noise of a fifth: within a third of a second after 2,000 images
    HumanTime found = HumanTimeFit.of(measured(HumanTime.FAST, 2_000), HumanTime.BASE);

    assertThat(found.scan()).isCloseTo(3.0, within(0.33));
    assertThat(found.verify()).isCloseTo(1.6, within(0.1));
    assertThat(found.adjust()).isCloseTo(3.8, within(0.2));
    assertThat(found.draw()).isCloseTo(7.0, within(0.3));
    assertThat(found.delete()).isCloseTo(1.6, within(0.2));
  }

  @Test
  void staysNearWhatIsExpectedOfFew() {
    double few = HumanTimeFit.of(measured(HumanTime.FAST, 5), HumanTime.BASE).draw();
    double more = HumanTimeFit.of(measured(HumanTime.SLOW, 500), HumanTime.BASE).draw();

    assertThat(few).isBetween(6.0, 9.0);
    assertThat(more).isBetween(23.0, 28.0);
  }

  @Test
  void saysThatNoActTakesLessThanNoTime() {
    // Images with kept boxes took less than those without: the best is none at all for a box
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int kept = i % 6;
      timed.add(new Timed(Map.of(0, new ReviewWork(kept, 0, 0, 0, 0)), 20 - 3.5 * kept));
    }

    assertThat(HumanTimeFit.of(timed, HumanTime.BASE).verify()).isZero();
  }

  @Test
  void tellsClassesApart() {
    // Class 0 takes 2 s to draw, class 1 takes 12 s; scan 4 s; class 2 was seen once
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int a = i % 3;
      int b = i / 3 % 3;
      timed.add(new Timed(Map.of(0, added(a), 1, added(b)), 4 + 2 * a + 12 * b));
    }
    timed.add(new Timed(Map.of(2, added(1)), 20));

    Map<Integer, HumanTime> found = HumanTimeFit.byClass(timed, HumanTime.BASE);

    assertThat(found).containsOnlyKeys(0, 1);
    assertThat(found.get(0).draw()).isCloseTo(2, within(0.33));
    assertThat(found.get(1).draw()).isCloseTo(12, within(0.33));
    assertThat(found.get(0).scan()).isCloseTo(4, within(0.33)).isEqualTo(found.get(1).scan());
  }

  private static ReviewWork added(int boxes) {
    return new ReviewWork(0, 0, 0, 0, boxes);
  }

  private static List<Timed> measured(HumanTime time, int images) {
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      RandomGenerator random = Draws.of(9, "measured", i);
      ReviewWork work =
          new ReviewWork(
              random.nextInt(6),
              random.nextInt(3),
              random.nextInt(2),
              random.nextInt(3),
              random.nextInt(3));
      double noise = 1 + 0.2 * random.nextGaussian();
      timed.add(new Timed(Map.of(0, work), time.seconds(work) * Math.max(0, noise)));
    }
    return timed;
  }
}
