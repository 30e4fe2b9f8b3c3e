package dev.labelloop.activities.evaluation.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an image's label comes from. */
public enum Source {
  /** Somebody vouches for it. */
  PERSON,
  /** The simulated reviewer answered from a truth file. */
  SIMULATED,
  /** A file gave it before the campaign began. */
  FILE,
  /** It is a pseudo-label. */
  MODEL,
  /** It has no label; a model may have predicted it. */
  NONE;

  /** The maker's name of the simulated reviewer's labels. */
  static final String SIMULATED_MAKER = "simulated reviewer";

  /** In front of a file's name, in the maker's name of labels that it gave. */
  static final String FILE_PREFIX = "file ";

  /** The maker's name of pseudo-labels. */
  static final String MODEL_MAKER = "model";

  /**
   * An SQL expression of the source's name: of annotations' maker, and a column of pseudo-labels.
   */
  static String sql(String annotated, String maker, String pseudo) {
    return "case when "
        + annotated
        + " is null then (case when "
        + pseudo
        + " is null then 'NONE' else 'MODEL' end) when "
        + maker
        + " = '"
        + SIMULATED_MAKER
        + "' then 'SIMULATED' when "
        + maker
        + " like '"
        + FILE_PREFIX
        + "%' then 'FILE' else 'PERSON' end";
  }

  /** The source that a maker of current labels stands for. */
  public static Source of(String maker, boolean byModel) {
    if (byModel) {
      return MODEL;
    }
    if (maker.equals(SIMULATED_MAKER)) {
      return SIMULATED;
    }
    return maker.startsWith(FILE_PREFIX) ? FILE : PERSON;
  }

  /** The source of this name in lower case, if there is one. */
  public static Optional<Source> named(String name) {
    return Arrays.stream(values()).filter(source -> source.word().equals(name)).findFirst();
  }

  /** Its name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
