package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Input 32, so 21 cells: see {@link SimOtaAssignerTest}. Softplus of 0 is ln 2. */
class YoloxLossTest {
  private static final int CLASSES = 1;
  private static final int COLUMNS = 5 + CLASSES;
  private static final int CELL = 5;
  private static final double LN2 = Math.log(2);
  private static final Box OBJECT = Box.ofCorners(10, 10, 18, 18);

  private final Grid grid = new Grid(32);
  private final YoloxLoss loss = new YoloxLoss(grid, CLASSES);
  private final float[] logits = new float[grid.cells() * COLUMNS];
  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @BeforeEach
  void everyCellSaysABoxFarAway() {
    for (int cell = 0; cell < grid.cells(); cell++) {
      logits[cell * COLUMNS] = -100;
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aPictureWithoutObjectsTeachesEveryCellThatNothingIsThere() {
    assertThat(of(target(List.of(), List.of(), 1))).isCloseTo(21 * LN2, within(1e-4));
  }

  @Test
  void anIgnoreRegionTakesItsCellsOut() {
    // Centres inside: 4 of stride 8, 1 of stride 16; that of stride 32 lies on the corner.
    Target target = target(List.of(), List.of(Box.ofCorners(0, 0, 16, 16)), 1);

    assertThat(of(target)).isCloseTo(16 * LN2, within(1e-4));
  }

  @Test
  void aPositiveCellInAnIgnoreRegionStillLearns() {
    say(OBJECT);
    Target target = target(List.of(OBJECT), List.of(Box.ofCorners(0, 0, 32, 32)), 1);

    // Objectness of the positive cell and its class alone.
    assertThat(of(target)).isCloseTo(2 * LN2, within(1e-4));
  }

  @Test
  void theWeightScalesAPicture() {
    assertThat(of(target(List.of(), List.of(), 0.5))).isCloseTo(10.5 * LN2, within(1e-4));
  }

  @Test
  void aPerfectBoxCostsNothing() {
    say(OBJECT);

    // Objectness of 21 cells and one class logit of 0; 1 − IoU² = 0.
    assertThat(of(target(List.of(OBJECT), List.of(), 1))).isCloseTo(22 * LN2, within(1e-4));
  }

  @Test
  void aShiftedBoxCostsFiveTimesOneMinusSquaredOverlap() {
    say(new Box(OBJECT.x() + 4, OBJECT.y(), 8, 8)); // overlap 1/3

    double expected = 5 * (1 - 1.0 / 9) + 22 * LN2;
    assertThat(of(target(List.of(OBJECT), List.of(), 1))).isCloseTo(expected, within(1e-4));
  }

  @Test
  void theClassTargetIsTheOverlap() {
    say(new Box(OBJECT.x() + 4, OBJECT.y(), 8, 8));
    logits[CELL * COLUMNS + 5] = 2;

    // softplus(2) − 2 · 1/3
    double classLoss = Math.log1p(Math.exp(2)) - 2.0 / 3;
    double expected = 5 * (1 - 1.0 / 9) + 21 * LN2 + classLoss;
    assertThat(of(target(List.of(OBJECT), List.of(), 1))).isCloseTo(expected, within(1e-4));
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    say(new Box(OBJECT.x() + 2, OBJECT.y() + 1, 8, 8));
    logits[CELL * COLUMNS + 2] = 0.2f;
    logits[CELL * COLUMNS + 3] = -0.1f;
    logits[CELL * COLUMNS + 4] = 0.3f;
    // The class logit stays 0: there its loss does not depend on the (constant) target.
    Target target = target(List.of(OBJECT), List.of(), 1);
    float[] gradient = gradient(target);

    float step = 0.01f;
    for (int column = 0; column < 5; column++) {
      int at = CELL * COLUMNS + column;
      float value = logits[at];
      logits[at] = value + step;
      double up = of(target);
      logits[at] = value - step;
      double down = of(target);
      logits[at] = value;
      assertThat((double) gradient[at])
          .as("column %d", column)
          .isCloseTo((up - down) / (2 * step), within(5e-3));
    }
    // sigmoid(0) of an idle cell's objectness; sigmoid(0) − IoU of the class
    assertThat((double) gradient[4]).isCloseTo(0.5, within(1e-6));
    assertThat(gradient[0]).isZero();
  }

  @Test
  void twoPicturesShareTheNumberOfPositives() {
    say(OBJECT);
    float[] both = new float[2 * logits.length];
    System.arraycopy(logits, 0, both, 0, logits.length);
    System.arraycopy(logits, 0, both, logits.length, logits.length);
    NDArray array = manager.create(both, new Shape(2, grid.cells(), COLUMNS));
    Target target = target(List.of(OBJECT), List.of(), 1);

    double value = loss.of(array, List.of(target, target)).getFloat();

    assertThat(value).isCloseTo(22 * LN2, within(1e-4)); // twice the sum, twice the positives
  }

  private float[] gradient(Target target) {
    NDArray array = manager.create(logits, new Shape(1, grid.cells(), COLUMNS));
    array.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(loss.of(array, List.of(target)));
    }
    return array.getGradient().toFloatArray();
  }

  private double of(Target target) {
    NDArray array = manager.create(logits, new Shape(1, grid.cells(), COLUMNS));
    return loss.of(array, List.of(target)).getFloat();
  }

  private static Target target(List<Box> objects, List<Box> ignore, double weight) {
    return new Target(
        objects.stream().map(box -> new LabelledBox(box, 0)).toList(), ignore, weight);
  }

  private void say(Box box) {
    int at = CELL * COLUMNS;
    logits[at] = (float) ((box.x() + 4) / 8 - grid.x(CELL));
    logits[at + 1] = (float) ((box.y() + 4) / 8 - grid.y(CELL));
  }
}
