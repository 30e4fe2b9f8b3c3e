package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Input 32: cells 0-15 have stride 8 (centres 4, 12, 20, 28), 16-19 stride 16 (8, 24), 20 stride 32
 * (16). Every cell first says a box far away; a test lets single cells say something better.
 */
class SimOtaAssignerTest {
  private static final int CLASSES = 2;
  private static final int COLUMNS = 5 + CLASSES;
  private static final int TOP_LEFT = 5; // centre (12, 12)
  private static final int TOP_RIGHT = 6; // centre (20, 12)
  private static final int BOTTOM_LEFT = 9; // centre (12, 20)

  /** Holds the centre of cell 5 alone, which so is its only central cell. */
  private static final Box OBJECT = Box.ofCorners(8, 8, 16, 16);

  /** Holds the centres of cells 5 and 20. */
  private static final Box BETWEEN = Box.ofCorners(10, 10, 18, 18);

  private final Grid grid = new Grid(32);
  private final SimOtaAssigner assigner = new SimOtaAssigner(grid, CLASSES);
  private final float[] logits = new float[grid.cells() * COLUMNS];

  @BeforeEach
  void everyCellSaysABoxFarAway() {
    for (int cell = 0; cell < grid.cells(); cell++) {
      logits[cell * COLUMNS] = -100;
    }
  }

  @Test
  void hasTheCellsOfEveryStride() {
    assertThat(grid.cells()).isEqualTo(16 + 4 + 1);
    assertThat(grid.centreX(TOP_RIGHT)).isEqualTo(20);
    assertThat(grid.centreY(TOP_RIGHT)).isEqualTo(12);
    assertThat(grid.stride(20)).isEqualTo(32);
  }

  @Test
  void aPictureWithoutObjectsHasNoPositives() {
    assertThat(assign().cells()).isEmpty();
  }

  @Test
  void anObjectTakesTheCellThatAlreadySaysIt() {
    say(TOP_LEFT, OBJECT);

    Assignment assignment = assign(new LabelledBox(OBJECT, 0));

    assertThat(assignment.cells()).containsExactly(TOP_LEFT);
    assertThat(assignment.objects()).containsExactly(0);
    assertThat(assignment.ious()).containsExactly(1f);
  }

  @Test
  void takesAsManyCellsAsTheOverlapsSumTo() {
    say(TOP_LEFT, OBJECT);
    say(TOP_RIGHT, OBJECT);
    say(BOTTOM_LEFT, moved(4)); // overlap 4·8 / (128 − 32) = 1/3, so the sum is 2.33

    assertThat(assign(new LabelledBox(OBJECT, 0)).cells()).containsExactly(TOP_LEFT, TOP_RIGHT);

    say(BOTTOM_LEFT, OBJECT); // the sum is 3

    assertThat(assign(new LabelledBox(OBJECT, 0)).cells())
        .containsExactly(TOP_LEFT, TOP_RIGHT, BOTTOM_LEFT);
  }

  @Test
  void takesOneCellEvenWithoutAnyOverlapAndTiesGoToTheLowerCell() {
    // Cells 5 and 20 lie in the box and near its centre, and cost the same.
    Assignment assignment = assign(new LabelledBox(BETWEEN, 0));

    assertThat(assignment.cells()).containsExactly(TOP_LEFT);
    assertThat(assignment.ious()).containsExactly(0f);
  }

  @Test
  void prefersACentralCellToABetterBoxFromOutside() {
    say(TOP_LEFT, moved(4)); // 1/3
    say(TOP_RIGHT, OBJECT); // 1, but (20, 12) is outside the object: the sum is 1.33, so one cell

    Assignment assignment = assign(new LabelledBox(OBJECT, 0));

    assertThat(assignment.cells()).containsExactly(TOP_LEFT);
    assertThat((double) assignment.ious()[0]).isCloseTo(1.0 / 3, within(1e-6));
  }

  @Test
  void aCellThatTwoObjectsWantGoesToTheOneItFitsBetter() {
    say(TOP_LEFT, OBJECT); // overlap with the second: 7·8 / (128 − 56) = 0.78

    Assignment assignment = assign(new LabelledBox(moved(1), 0), new LabelledBox(OBJECT, 0));

    assertThat(assignment.cells()).containsExactly(TOP_LEFT);
    assertThat(assignment.objects()).containsExactly(1);
  }

  @Test
  void aCellBetweenTwoObjectsOfOnePlaceGoesByItsClass() {
    say(TOP_LEFT, OBJECT);
    logits[TOP_LEFT * COLUMNS + 5 + 1] = 3;

    Assignment assignment = assign(new LabelledBox(OBJECT, 0), new LabelledBox(OBJECT, 1));

    assertThat(assignment.objects()).containsExactly(1);
  }

  @Test
  void readsThePictureAtItsOffset() {
    say(TOP_LEFT, OBJECT);
    float[] later = new float[3 + logits.length];
    System.arraycopy(logits, 0, later, 3, logits.length);

    Assignment assignment = assigner.assign(later, 3, List.of(new LabelledBox(OBJECT, 0)));

    assertThat(assignment.ious()).containsExactly(1f);
  }

  @Test
  void anOverflownSizeIsNoOverlap() {
    say(TOP_LEFT, OBJECT);
    logits[TOP_RIGHT * COLUMNS + 2] = 1e9f;
    logits[TOP_RIGHT * COLUMNS + 3] = 1e9f;

    assertThat(assign(new LabelledBox(OBJECT, 0)).cells()).containsExactly(TOP_LEFT);
  }

  private Assignment assign(LabelledBox... objects) {
    return assigner.assign(logits, 0, List.of(objects));
  }

  private static Box moved(double right) {
    return new Box(OBJECT.x() + right, OBJECT.y(), OBJECT.width(), OBJECT.height());
  }

  /** Lets a cell of stride 8 say a box of 8 × 8; such logits are exact in float32. */
  private void say(int cell, Box box) {
    int at = cell * COLUMNS;
    logits[at] = (float) ((box.x() + 4) / 8 - grid.x(cell));
    logits[at + 1] = (float) ((box.y() + 4) / 8 - grid.y(cell));
    logits[at + 2] = 0;
    logits[at + 3] = 0;
  }
}
