package dev.labelloop.activities.detector;

import dev.labelloop.activities.detector.yolox.YoloxFamily;
import java.util.List;
import java.util.stream.Collectors;

/** Every kind of detector; to add one, write a {@link DetectorFamily} and a line here. */
public final class DetectorFamilies {
  public static final List<DetectorFamily> ALL = List.of(new YoloxFamily());

  private DetectorFamilies() {}

  /**
   * The family of this name.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static DetectorFamily named(String name) {
    return ALL.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "detector family '"
                        + name
                        + "' is unknown: use one of "
                        + ALL.stream()
                            .map(DetectorFamily::name)
                            .collect(Collectors.joining(", "))));
  }

  /** The family that a stored model belongs to. */
  public static DetectorFamily of(ModelDescription description) {
    String architecture = description.architecture();
    int dash = architecture.indexOf('-');
    return named(dash < 0 ? architecture : architecture.substring(0, dash));
  }
}
