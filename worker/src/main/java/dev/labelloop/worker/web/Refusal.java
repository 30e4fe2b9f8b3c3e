package dev.labelloop.worker.web;

import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that is not done: its HTTP status, and one sentence for the person who sent it. */
final class Refusal extends RuntimeException {
  private final HttpStatus status;
  private final @Nullable Integer version;

  private Refusal(HttpStatus status, String sentence, @Nullable Integer version) {
    super(sentence);
    this.status = status;
    this.version = version;
  }

  static Refusal of(HttpStatus status, String sentence) {
    return new Refusal(status, sentence, null);
  }

  static Refusal badRequest(String sentence) {
    return of(HttpStatus.BAD_REQUEST, sentence);
  }

  static Refusal notFound(String sentence) {
    return of(HttpStatus.NOT_FOUND, sentence);
  }

  /** Somebody else answered in between; {@code version} is that of the newest answer. */
  static Refusal raced(String sentence, int version) {
    return new Refusal(HttpStatus.PRECONDITION_FAILED, sentence, version);
  }

  HttpStatus status() {
    return status;
  }

  /** What goes over the wire. */
  Views.Fault fault() {
    return new Views.Fault(String.valueOf(getMessage()), version);
  }
}
