package dev.labelloop.activities.review.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedReviewerTest {
  private static final int CUP = 0;
  private static final int BOWL = 1;
  private static final int CLASSES = 3;
  private static final Box A = new Box(0, 0, 100, 100);
  private static final Box B = new Box(200, 0, 100, 100);
  private static final Box C = new Box(400, 0, 100, 100);

  private final SimulatedReviewer perfect = reviewer(Faults.NONE);

  @Test
  void aPerfectReviewerAnswersTheTruthWhateverIsShown() {
    List<LabelledBox> truth = List.of(cup(A), cup(B), cup(C));
    List<Detection> shown =
        List.of(
            shown(new Box(0, 0, 100, 80), CUP), // IoU 0.8 with A: kept
            shown(new Box(200, 0, 100, 60), CUP), // IoU 0.6 with B: adjusted
            shown(C, BOWL), // relabelled
            shown(new Box(0, 300, 100, 100), CUP)); // nothing there: deleted

    SimulatedAnswer answer = perfect.review(image(1), truth, shown);

    assertThat(answer.boxes()).isEqualTo(truth);
    assertThat(answer.work()).isEqualTo(new ReviewWork(1, 1, 1, 1, 0));
    assertThat(answer.work().touched()).isEqualTo(3);
    assertThat(answer.outcome()).isEqualTo(ReviewOutcome.CORRECTED);
    // 7.8 + 1 x 3.5 + 2 x 5.7 + 1 x 3.5 = 26.2
    assertThat(answer.seconds()).isCloseTo(26.2, within(1e-9));
  }

  @Test
  void drawsAllWhereNothingIsShown() {
    SimulatedAnswer answer = perfect.review(image(1), List.of(cup(A), cup(B)), List.of());

    assertThat(answer.boxes()).containsExactly(cup(A), cup(B));
    assertThat(answer.work()).isEqualTo(new ReviewWork(0, 0, 0, 0, 2));
  }

  @Test
  void acceptsWhatNeedsNoHand() {
    SimulatedAnswer answer = perfect.review(image(1), List.of(cup(A)), List.of(shown(A, CUP)));

    assertThat(answer.outcome()).isEqualTo(ReviewOutcome.ACCEPTED);
    assertThat(answer.work().touched()).isZero();
    // opened and verified all the same: 7.8 + 3.5
    assertThat(answer.seconds()).isCloseTo(11.3, within(1e-9));
  }

  @Test
  void anEmptyImageIsAnAnswer() {
    SimulatedAnswer answer = perfect.review(image(1), List.of(), List.of());

    assertThat(answer.boxes()).isEmpty();
    assertThat(answer.outcome()).isEqualTo(ReviewOutcome.ACCEPTED);
    assertThat(answer.seconds()).isEqualTo(7.8);
  }

  @Test
  void aBoxThatFitsLessThanHalfIsDeletedAndDrawnAnew() {
    // 100 x 49 of 100 x 100: IoU 0.49
    SimulatedAnswer answer =
        perfect.review(image(1), List.of(cup(A)), List.of(shown(new Box(0, 0, 100, 49), CUP)));

    assertThat(answer.work()).isEqualTo(new ReviewWork(0, 0, 0, 1, 1));
  }

  @Test
  void theSameClassGoesBeforeABetterFit() {
    // The bowl fits A exactly, but the cup (IoU 0.8) is what is there.
    SimulatedAnswer answer =
        perfect.review(
            image(1), List.of(cup(A)), List.of(shown(A, BOWL), shown(new Box(0, 0, 100, 80), CUP)));

    assertThat(answer.work()).isEqualTo(new ReviewWork(1, 0, 0, 1, 0));
  }

  @Test
  void theSecondBoxOfAnObjectIsDeleted() {
    SimulatedAnswer answer =
        perfect.review(image(1), List.of(cup(A)), List.of(shown(A, CUP), shown(A, CUP)));

    assertThat(answer.work()).isEqualTo(new ReviewWork(1, 0, 0, 1, 0));
  }

  @Test
  void overlooksTheAskedShareOfObjects() {
    SimulatedReviewer careless = reviewer(new Faults(0.25, 0, 0));
    int seen = 0;
    for (int i = 0; i < 2000; i++) {
      seen += careless.review(image(i), List.of(cup(A), cup(B)), List.of()).boxes().size();
    }

    // 4000 objects, 3000 expected; the deviation is sqrt(4000 x 0.25 x 0.75) = 27
    assertThat(seen).isCloseTo(3000, within(4 * 28));
  }

  @Test
  void aSecondLookHasFaultsOfItsOwn() {
    SimulatedReviewer careless = reviewer(new Faults(0.25, 0, 0));
    SimulatedReviewer again = careless.again(2);
    int both = 0;
    for (int i = 0; i < 2000; i++) {
      int first = careless.review(image(i), List.of(cup(A)), List.of()).boxes().size();
      int second = again.review(image(i), List.of(cup(A)), List.of()).boxes().size();
      both += first + second == 0 ? 1 : 0;
    }

    // overlooked twice: 2000 x 0.25^2 = 125 expected; the deviation is sqrt(125 x 0.94) = 11
    assertThat(both).isCloseTo(125, within(4 * 11));
  }

  @Test
  void whatIsOverlookedDoesNotDependOnWhatIsShown() {
    SimulatedReviewer careless = reviewer(new Faults(1, 0, 0));

    SimulatedAnswer answer = careless.review(image(1), List.of(cup(A)), List.of(shown(A, CUP)));

    assertThat(answer.boxes()).isEmpty();
    assertThat(answer.work()).isEqualTo(new ReviewWork(0, 0, 0, 1, 0));
  }

  @Test
  void mistakesTheAskedShareOfClassesForAnyOther() {
    SimulatedReviewer confused = reviewer(new Faults(0, 0.5, 0));
    int[] named = new int[CLASSES];
    for (int i = 0; i < 2000; i++) {
      named[confused.review(image(i), List.of(cup(A)), List.of()).boxes().get(0).classIndex()]++;
    }

    // 1000, 500 and 500 expected; deviations are at most sqrt(2000 x 0.5 x 0.5) = 22
    assertThat(named[CUP]).isCloseTo(1000, within(4 * 23));
    assertThat(named[1]).isCloseTo(500, within(4 * 20));
    assertThat(named[2]).isCloseTo(500, within(4 * 20));
  }

  @Test
  void oneClassCannotBeMistaken() {
    SimulatedReviewer confused = new SimulatedReviewer(new Faults(0, 1, 0), HumanTime.BASE, 1, 7);

    assertThat(confused.review(image(1), List.of(cup(A)), List.of()).boxes())
        .containsExactly(cup(A));
  }

  @Test
  void drawsImprecisely() {
    SimulatedReviewer shaky = reviewer(new Faults(0, 0, 0.12));
    double sum = 0;
    double least = 1;
    for (int i = 0; i < 2000; i++) {
      SimulatedAnswer answer = shaky.review(image(i), List.of(cup(A)), List.of(shown(A, CUP)));
      Box drawn = answer.boxes().get(0).box();
      assertThat(drawn.x()).isGreaterThanOrEqualTo(0);
      assertThat(drawn.y()).isGreaterThanOrEqualTo(0);
      assertThat(answer.work().kept()).isEqualTo(1);
      sum += drawn.iou(A);
      least = Math.min(least, drawn.iou(A));
    }

    // IoU is uniform in [0.76, 1]: mean 0.88, the mean of 2000 deviates by 0.24 / sqrt(12 x 2000)
    assertThat(sum / 2000).isCloseTo(0.88, within(4 * 0.0016));
    assertThat(least).isCloseTo(0.76, within(0.005));
  }

  @Test
  void aBoxThatFillsItsImageIsJitteredInwards() {
    StoredImage tight = new StoredImage(image(1).id(), "tight.jpg", 100, 100);
    SimulatedReviewer shaky = reviewer(new Faults(0, 0, 0.9));

    Box drawn = shaky.review(tight, List.of(cup(A)), List.of()).boxes().get(0).box();

    // loses 0.8 to 1 of its IoU
    assertThat(drawn.iou(A)).isLessThanOrEqualTo(0.2 + 1e-9);
    assertThat(drawn.right()).isLessThanOrEqualTo(100);
    assertThat(drawn.bottom()).isLessThanOrEqualTo(100);
  }

  @Test
  void answersTheSameInEveryAttemptAndOrder() {
    SimulatedReviewer human = reviewer(new Faults(0.3, 0.3, 0.1));
    List<LabelledBox> truth = new ArrayList<>(List.of(cup(A), cup(B), cup(C)));
    SimulatedAnswer first = human.review(image(4), truth, List.of());

    Collections.reverse(truth);
    human.review(image(5), truth, List.of());

    assertThat(human.review(image(4), truth, List.of()).boxes())
        .containsExactlyInAnyOrderElementsOf(first.boxes());
  }

  @Test
  void refusesFaultsThatAreNoShare() {
    assertThatThrownBy(() -> new Faults(0, 1.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("review.simulated.wrongClass is 1.5");
    assertThatThrownBy(() -> new Faults(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Faults(Double.NaN, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SimulatedReviewer reviewer(Faults faults) {
    return new SimulatedReviewer(faults, HumanTime.BASE, CLASSES, 7);
  }

  private static StoredImage image(int number) {
    String id = Sha256.hex(("i" + number).getBytes(StandardCharsets.UTF_8));
    return new StoredImage(new ImageId(id), number + ".jpg", 640, 480);
  }

  private static LabelledBox cup(Box box) {
    return new LabelledBox(box, CUP);
  }

  private static Detection shown(Box box, int classIndex) {
    return new Detection(box, classIndex, 0.5);
  }
}
