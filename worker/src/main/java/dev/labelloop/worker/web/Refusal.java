package dev.labelloop.worker.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is not done: its HTTP status, and one sentence for the person who sent it. */
public final class Refusal extends RuntimeException {
  private final HttpStatus status;
  private final @Nullable Integer version;
  private final @Nullable Duration retryAfter;

  private Refusal(
      HttpStatus status,
      String sentence,
      @Nullable Integer version,
      @Nullable Duration retryAfter) {
    super(sentence);
    this.status = status;
    this.version = version;
    this.retryAfter = retryAfter;
  }

  public static Refusal of(HttpStatus status, String sentence) {
    return new Refusal(status, sentence, null, null);
  }

  /** Too much was asked in too short a time; it is worth asking again after {@code wait}. */
  public static Refusal tooMany(String sentence, Duration wait) {
    return new Refusal(HttpStatus.TOO_MANY_REQUESTS, sentence, null, wait);
  }

  public static Refusal badRequest(String sentence) {
    return of(HttpStatus.BAD_REQUEST, sentence);
  }

  public static Refusal notFound(String sentence) {
    return of(HttpStatus.NOT_FOUND, sentence);
  }

  /** Somebody else answered in between; {@code version} is that of the newest answer. */
  public static Refusal raced(String sentence, int version) {
    return new Refusal(HttpStatus.PRECONDITION_FAILED, sentence, version, null);
  }

  HttpStatus status() {
    return status;
  }

  /** Seconds that are not less, as {@code Retry-After} and people count them. */
  public static long wholeSeconds(Duration wait) {
    return wait.plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** How long to wait before asking again, where that was the reason. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** One sentence for the sender; the version of the newest answer where that was the reason. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Fault(String error, @Nullable Integer version) {}

  /** What goes over the wire. */
  Fault fault() {
    return new Fault(String.valueOf(getMessage()), version);
  }
}
