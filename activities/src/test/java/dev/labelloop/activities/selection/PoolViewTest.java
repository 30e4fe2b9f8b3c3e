package dev.labelloop.activities.selection;

import static dev.labelloop.activities.selection.Pools.entry;
import static dev.labelloop.activities.selection.Pools.image;
import static dev.labelloop.activities.selection.Pools.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolViewTest {
  @Test
  void givesBackWhatWasPutIn() {
    Detection cup = new Detection(new Box(1, 2, 3, 4), 7, 0.5);
    LabelledImage known = new LabelledImage(image('c'), List.of(), new short[] {9});
    PoolView pool =
        PoolView.builder()
            .add(image('b'), List.of(cup, cup), new short[] {1, 2}, 11.5)
            .add(image('a'), List.of())
            .addLabelled(known)
            .build();

    assertThat(pool.size()).isEqualTo(2);
    assertThat(pool.image(0)).isEqualTo(image('a'));
    assertThat(pool.boxes(0)).isZero();
    assertThat(pool.embedding(0)).isEmpty();
    assertThat(pool.cost(0)).isEqualTo(PoolView.EVEN_COST);
    assertThat(pool.boxes(1)).isEqualTo(2);
    assertThat(pool.confidence(1, 1)).isEqualTo(0.5);
    assertThat(pool.classIndex(1, 1)).isEqualTo(7);
    assertThat(pool.box(1, 1)).isEqualTo(new Box(1, 2, 3, 4));
    assertThat(pool.embedding(1)).containsExactly((short) 1, (short) 2);
    assertThat(pool.cost(1)).isEqualTo(11.5);
    assertThat(pool.labelled()).containsExactly(known);
  }

  @Test
  void aPartOfThePoolKeepsItsColumns() {
    PoolView pool = pool(Pools.many(1000));

    PoolView rest = pool.without(Set.of(pool.image(0))).holding(0.5);

    assertThat(rest.size()).isBetween(1, 998);
    for (int row = 0; row < rest.size(); row++) {
      double best = 0;
      for (int box = 0; box < rest.boxes(row); box++) {
        best = Math.max(best, rest.confidence(row, box));
      }
      assertThat(best).isGreaterThanOrEqualTo(0.5);
    }
  }

  @Test
  void refusesAnImageThatIsThereTwice() {
    assertThatThrownBy(() -> pool(entry(image('a')), entry(image('a'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }
}
