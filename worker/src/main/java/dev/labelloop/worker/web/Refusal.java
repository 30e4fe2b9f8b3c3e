package dev.labelloop.worker.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that is not done: its HTTP status, and one sentence for the person who sent it. */
public final class Refusal extends RuntimeException {
  private final HttpStatus status;
  private final @Nullable Integer version;

  private Refusal(HttpStatus status, String sentence, @Nullable Integer version) {
    super(sentence);
    this.status = status;
    this.version = version;
  }

  public static Refusal of(HttpStatus status, String sentence) {
    return new Refusal(status, sentence, null);
  }

  public static Refusal badRequest(String sentence) {
    return of(HttpStatus.BAD_REQUEST, sentence);
  }

  public static Refusal notFound(String sentence) {
    return of(HttpStatus.NOT_FOUND, sentence);
  }

  /** Somebody else answered in between; {@code version} is that of the newest answer. */
  public static Refusal raced(String sentence, int version) {
    return new Refusal(HttpStatus.PRECONDITION_FAILED, sentence, version);
  }

  HttpStatus status() {
    return status;
  }

  /** One sentence for the sender; the version of the newest answer where that was the reason. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fault(String error, @Nullable Integer version) {}

  /** What goes over the wire. */
  Fault fault() {
    return new Fault(String.valueOf(getMessage()), version);
  }
}
