package dev.labelloop.worker.report;

import dev.labelloop.activities.evaluation.errors.ErrorType;
import java.util.Locale;

/** Types of error in words. */
final class ErrorWords {
  private ErrorWords() {}

  /** One word, also the name of its colour in the style sheet. */
  static String name(ErrorType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  static String meaning(ErrorType type) {
    return switch (type) {
      case CLASS -> "on an object, named wrongly";
      case LOCATION -> "named rightly, beside its object";
      case BOTH -> "named wrongly, beside an object";
      case DUPLICATE -> "on an object that was found already";
      case BACKGROUND -> "where nothing is";
      case MISSED -> "an object without one on it, or of its class beside it";
    };
  }
}
