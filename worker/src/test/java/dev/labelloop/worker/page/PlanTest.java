package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final LabelledBox CAR = new LabelledBox(new Box(10, 10, 40, 20), 0);
  private static final LabelledBox BUS = new LabelledBox(new Box(100, 10, 40, 20), 1);

  @Test
  void asksForNothingWhereAllIsRight() {
    assertThat(Plan.of(List.of(BUS, CAR), List.of(CAR, BUS)).isRight()).isTrue();
  }

  @Test
  void namesWhatIsWrongWithEveryBox() {
    LabelledBox busTakenForCar = new LabelledBox(BUS.box(), 0);
    LabelledBox half = new LabelledBox(new Box(10, 10, 30, 20), 0); // an IoU of 0.75
    LabelledBox nothing = new LabelledBox(new Box(0, 100, 10, 10), 0);

    Plan plan = Plan.of(List.of(busTakenForCar, half, nothing), List.of(CAR, BUS));

    assertThat(plan.verdicts())
        .containsExactly(
            new Plan.Verdict(Plan.Fault.CLASS, BUS),
            new Plan.Verdict(Plan.Fault.GEOMETRY, CAR),
            new Plan.Verdict(Plan.Fault.NO_OBJECT, nothing));
    assertThat(plan.missing()).isEmpty();
    assertThat(plan.isRight()).isFalse();
  }

  @Test
  void findsWhatIsMissing() {
    Plan plan = Plan.of(List.of(CAR, CAR), List.of(CAR, BUS));

    assertThat(plan.verdicts().get(1).fault())
        .isEqualTo(Plan.Fault.NO_OBJECT); // one thing, one box
    assertThat(plan.missing()).containsExactly(BUS);
  }
}
