package dev.labelloop.activities.review.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ActsTest {
  private static Detection shown(double x, double width, int classIndex) {
    return new Detection(new Box(x, 0, width, 10), classIndex, 0.9);
  }

  private static LabelledBox said(double x, double width, int classIndex) {
    return new LabelledBox(new Box(x, 0, width, 10), classIndex);
  }

  @Test
  void countsABoxForTheClassThatThePersonGaveIt() {
    // kept car; a car of 10 pixels made 18 wide (IoU 0.56): adjusted; a car that is a dog:
    // relabelled; a dog deleted; a dog drawn
    List<Detection> before =
        List.of(shown(0, 10, 0), shown(100, 10, 0), shown(200, 10, 0), shown(300, 10, 1));
    List<LabelledBox> after =
        List.of(said(0, 10, 0), said(100, 18, 0), said(200, 10, 1), said(400, 10, 1));

    assertThat(Acts.of(before, after))
        .containsOnlyKeys(0, 1)
        .containsEntry(0, new ReviewWork(1, 1, 0, 0, 0))
        .containsEntry(1, new ReviewWork(0, 0, 1, 1, 1));
  }

  @Test
  void addsUpToTheWorkOfTheWholeImage() {
    for (int i = 0; i < 500; i++) {
      RandomGenerator random = Draws.of(13, "acts", i);
      List<Detection> before = new ArrayList<>();
      List<LabelledBox> after = new ArrayList<>();
      for (int k = random.nextInt(8); k > 0; k--) {
        before.add(
            shown(30 * random.nextDouble(), 5 + 10 * random.nextDouble(), random.nextInt(3)));
      }
      for (int k = random.nextInt(8); k > 0; k--) {
        after.add(said(30 * random.nextDouble(), 5 + 10 * random.nextDouble(), random.nextInt(3)));
      }

      ReviewWork total =
          Acts.of(before, after).values().stream().reduce(new ReviewWork(0, 0, 0, 0, 0), Acts::sum);

      assertThat(total).isEqualTo(ShownBoxes.compare(before, after));
    }
  }
}
