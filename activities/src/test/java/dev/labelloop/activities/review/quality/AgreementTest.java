package dev.labelloop.activities.review.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.review.quality.Agreement.Counts;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final int CAR = 0;
  private static final int DOG = 1;

  private static LabelledBox box(double x, double width, int classIndex) {
    return new LabelledBox(new Box(x, 0, width, 10), classIndex);
  }

  private static final LabelledBox FIRST = box(0, 10, CAR);
  private static final LabelledBox SECOND = box(100, 10, CAR);
  private static final LabelledBox THIRD = box(200, 10, DOG);
  private static final LabelledBox THIRD_AS_CAR = box(200, 10, CAR);

  @Test
  void isOneForEqualAnswersAndForTwoEmptyOnes() {
    assertThat(Agreement.f1(List.of(FIRST, THIRD), List.of(THIRD, FIRST))).isEqualTo(1);
    assertThat(Agreement.f1(List.of(), List.of())).isEqualTo(1);
    assertThat(Agreement.boxF1(List.of(), List.of())).isEqualTo(1);
  }

  @Test
  void isZeroWhereOneSeesNothing() {
    assertThat(Agreement.f1(List.of(FIRST), List.of())).isEqualTo(0);
    assertThat(Agreement.f1(List.of(), List.of(FIRST))).isEqualTo(0);
  }

  @Test
  void countsAnOverlookedObjectAndAnotherClass() {
    // three boxes and two; FIRST is in both, THIRD is called a car by one: 2 * 1 / (3 + 2) = 0.4;
    // without classes the latter pair counts: 2 * 2 / (3 + 2) = 0.8
    List<LabelledBox> left = List.of(FIRST, SECOND, THIRD);
    List<LabelledBox> right = List.of(FIRST, THIRD_AS_CAR);

    assertThat(Agreement.f1(left, right)).isCloseTo(0.4, within(1e-12));
    assertThat(Agreement.boxF1(left, right)).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void takesBoxesForTheSameObjectFromHalfAnOverlapOn() {
    // 10 wide and 20 wide from one edge: 100 / 200 = 0.5; 21 wide: 100 / 210
    assertThat(Agreement.f1(List.of(FIRST), List.of(box(0, 20, CAR)))).isEqualTo(1);
    assertThat(Agreement.f1(List.of(FIRST), List.of(box(0, 21, CAR)))).isEqualTo(0);
  }

  @Test
  void givesABoxToItsBestMatchAlone() {
    // both of the right fit the left one, at 10/11 and 10/15; one stays alone: 2 * 1 / 3
    List<LabelledBox> two = List.of(box(0, 15, CAR), box(0, 11, CAR));

    assertThat(Agreement.f1(List.of(FIRST), two)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Agreement.pairs(List.of(FIRST), two, true))
        .extracting(Agreement.Pair::right)
        .containsExactly(1);
  }

  @Test
  void prefersTheSameClassAmongEqualOverlaps() {
    List<LabelledBox> both = List.of(THIRD_AS_CAR, THIRD);

    assertThat(Agreement.pairs(List.of(THIRD), both, false))
        .extracting(Agreement.Pair::right)
        .containsExactly(1);
  }

  @Test
  void countsAClassAlone() {
    // of cars: FIRST, SECOND against FIRST, THIRD_AS_CAR
    assertThat(Agreement.counts(List.of(FIRST, SECOND, THIRD), List.of(FIRST, THIRD_AS_CAR), CAR))
        .isEqualTo(new Counts(2, 2, 1));
  }

  @Test
  void addsImagesUp() {
    // (2, 2, 1) and (1, 0, 0): 2 * 1 / (3 + 2)
    assertThat(new Counts(2, 2, 1).plus(new Counts(1, 0, 0)).f1()).isCloseTo(0.4, within(1e-12));
    assertThat(Counts.NONE.f1()).isEqualTo(1);
  }

  @Test
  void averagesOverPairsOfPeople() {
    // A = {1, 2}, B = {1}, C = {}: A-B 2/3, A-C 0, B-C 0; mean 2/9
    List<List<LabelledBox>> answers = List.of(List.of(FIRST, SECOND), List.of(FIRST), List.of());

    assertThat(Agreement.meanPairwiseF1(answers)).isCloseTo(2 / 9.0, within(1e-12));
    assertThat(Agreement.meanPairwiseF1(List.of(List.of(FIRST)))).isEqualTo(1);
    assertThat(Agreement.meanPairwiseF1(List.of())).isEqualTo(1);
  }

  @Test
  void findsTheAnswerThatIsNearestToTheOthers() {
    // sums of F1: {} 0 + 0; {1, 2} 0 + 2/3; {1} 0 + 2/3: the earlier of the two equals
    List<LabelledBox> both = List.of(FIRST, SECOND);
    assertThat(Agreement.medoid(List.of(List.of(), both, List.of(FIRST)))).isEqualTo(1);
    // {1} 2/3 + 0 + 1; {1, 2} 2/3 + 0 + 2/3; {3} 0; {1} 1 + 2/3: the first {1}
    assertThat(Agreement.medoid(List.of(both, List.of(FIRST), List.of(THIRD), List.of(FIRST))))
        .isEqualTo(1);
    assertThat(Agreement.medoid(List.of(both, List.of(FIRST)))).isEqualTo(0);
    assertThatThrownBy(() -> Agreement.medoid(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotDependOnSidesOrOrder() {
    for (int i = 0; i < 500; i++) {
      RandomGenerator random = Draws.of(11, "agreement", i);
      List<LabelledBox> left = crowd(random);
      List<LabelledBox> right = crowd(random);
      List<LabelledBox> turned = new ArrayList<>(right);
      Collections.shuffle(turned, new Random(i));

      double f1 = Agreement.f1(left, right);

      assertThat(f1).isBetween(0.0, 1.0).isEqualTo(Agreement.f1(right, left));
      assertThat(Agreement.f1(left, turned)).isEqualTo(f1);
      assertThat(Agreement.f1(left, left)).isEqualTo(1);
      assertThat(Agreement.boxF1(left, right)).isEqualTo(Agreement.boxF1(turned, left));
    }
  }

  private static List<LabelledBox> crowd(RandomGenerator random) {
    List<LabelledBox> boxes = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      boxes.add(box(30 * random.nextDouble(), 5 + 10 * random.nextDouble(), random.nextInt(2)));
    }
    return boxes;
  }
}
