package dev.labelloop.activities.selection;

import java.util.List;
import java.util.stream.Collectors;

/** All selection strategies. */
public final class SelectionStrategies {
  /** Every strategy; a new one needs a line here and nothing else. */
  public static final List<SelectionStrategy> ALL =
      List.of(new UncertaintyStrategy(), new RandomStrategy());

  /** The name that stands for the strategy to use unless one knows better. */
  public static final String DEFAULT = "default";

  /** What {@link #DEFAULT} means: needs nothing but confidences. */
  private static final String DEFAULT_IS = "uncertainty";

  private SelectionStrategies() {}

  /**
   * The strategy of this name; its own name is never {@link #DEFAULT}, so what is stored stays true
   * when the default changes.
   *
   * @throws IllegalArgumentException if there is none, naming those that are
   */
  public static SelectionStrategy named(String name) {
    String meant = name.equals(DEFAULT) ? DEFAULT_IS : name;
    return ALL.stream()
        .filter(strategy -> strategy.name().equals(meant))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    String known = ALL.stream().map(SelectionStrategy::name).collect(Collectors.joining(", "));
    return "selection.strategy '" + name + "' is unknown; use one of: " + DEFAULT + ", " + known;
  }
}
