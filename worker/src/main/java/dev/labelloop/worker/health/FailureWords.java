package dev.labelloop.worker.health;

import io.temporal.api.failure.v1.Failure;

/** What a failure that the server keeps says to people. */
final class FailureWords {
  private FailureWords() {}

  static String of(Failure failure) {
    if (failure.hasTimeoutFailureInfo()) {
      return switch (failure.getTimeoutFailureInfo().getTimeoutType()) {
        case TIMEOUT_TYPE_HEARTBEAT -> "its worker was killed, or fell silent";
        case TIMEOUT_TYPE_START_TO_CLOSE -> "it took longer than an attempt may";
        default -> failure.getMessage();
      };
    }
    if (!failure.getMessage().isBlank()) {
      return failure.getMessage().strip();
    }
    String type = failure.getApplicationFailureInfo().getType();
    return type.isBlank() ? "it does not say why" : type;
  }
}
