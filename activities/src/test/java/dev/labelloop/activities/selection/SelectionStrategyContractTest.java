package dev.labelloop.activities.selection;

import static dev.labelloop.activities.selection.Pools.many;
import static dev.labelloop.activities.selection.Pools.pool;
import static dev.labelloop.activities.selection.Pools.shuffled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every strategy promises; a new one is taken up by being registered. */
class SelectionStrategyContractTest {
  static final List<SelectionStrategy> STRATEGIES = SelectionStrategies.ALL;

  private static final List<Pools.Entry> POOL = many(200);

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void choosesTheSameImagesWhateverOrderThePoolComesIn(SelectionStrategy strategy) {
    assertThat(strategy.select(pool(shuffled(POOL)), 12, 1))
        .isEqualTo(strategy.select(pool(POOL), 12, 1));
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void choosesDistinctImagesOfThePoolWithinTheBudget(SelectionStrategy strategy) {
    assertThat(strategy.select(pool(POOL), 50, 1))
        .hasSize(50)
        .extracting(Pick::image)
        .doesNotHaveDuplicates()
        .isSubsetOf(POOL.stream().map(Pools.Entry::image).toList());
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void choosesAllOfASmallPool(SelectionStrategy strategy) {
    assertThat(strategy.select(pool(POOL.subList(0, 7)), 50, 1)).hasSize(7);
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void choosesNothingWithoutBudgetOrPool(SelectionStrategy strategy) {
    assertThat(strategy.select(pool(POOL), 0, 1)).isEmpty();
    assertThat(strategy.select(pool(), 5, 1)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void saysWhy(SelectionStrategy strategy) {
    assertThat(strategy.select(pool(POOL), 12, 1)).noneMatch(pick -> pick.reason().isBlank());
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void refusesANegativeBudget(SelectionStrategy strategy) {
    assertThatThrownBy(() -> strategy.select(pool(POOL), -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("budget is negative: -1");
  }

  @ParameterizedTest
  @FieldSource("STRATEGIES")
  void isFoundByItsName(SelectionStrategy strategy) {
    assertThat(SelectionStrategies.named(strategy.name())).isSameAs(strategy);
  }

  @Test
  void everyStrategyHasANameOfItsOwn() {
    assertThat(STRATEGIES)
        .extracting(SelectionStrategy::name)
        .doesNotHaveDuplicates()
        .doesNotContain(SelectionStrategies.DEFAULT);
  }

  @Test
  void theDefaultIsStoredUnderItsRealName() {
    assertThat(SelectionStrategies.named("default").name()).isEqualTo("uncertainty");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> SelectionStrategies.named("uncertainity"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'uncertainity'")
        .hasMessageContaining("default, uncertainty, random");
  }
}
