package dev.labelloop.activities.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.review.Reminder;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Posts reminders as JSON: {@code text} for a person, as chat programs take it, and the same in
 * figures beside it.
 */
public final class ReminderPost {
  /** A chat that needs longer is down. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final UnaryOperator<@Nullable String> environment;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER) // a POST would become a GET of a login page
          .build();

  /**
   * A post.
   *
   * @param environment the value of an environment variable, or null
   */
  public ReminderPost(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** What a person is told. */
  static String text(Reminder reminder) {
    var progress = reminder.progress();
    return String.format(
        Locale.ROOT,
        "Campaign %s waits for people: %,d of %,d batches of round %d are open, %,d of %,d images"
            + " are answered, due %s.",
        reminder.round().campaign(),
        progress.openBatches(),
        progress.batches(),
        reminder.round().number(),
        progress.answered(),
        progress.images(),
        reminder.deadline().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Posts a reminder.
   *
   * @param urlFrom name of the environment variable that holds the address
   * @throws ApplicationFailure of type {@code BadSpecification} if it holds none
   * @throws IllegalStateException if the address does not take it
   */
  void post(String urlFrom, Reminder reminder) {
    HttpRequest request =
        HttpRequest.newBuilder(address(urlFrom))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(reminder)))
            .build();
    int status = send(urlFrom, request).statusCode();
    if (status < OK || status >= REDIRECTION) {
      throw new IllegalStateException(
          "the address in " + urlFrom + " answered a reminder with HTTP status " + status);
    }
  }

  private HttpResponse<Void> send(String urlFrom, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException("the address in " + urlFrom + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a reminder was posted", e);
    }
  }

  /** Never named in a message: it may hold a secret. */
  private URI address(String urlFrom) {
    String value = environment.apply(urlFrom);
    URI address = value == null ? null : parsed(value);
    if (address == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "review.reminders.urlFrom names the environment variable "
              + urlFrom
              + ", which holds no http address in this worker: set it and start the worker anew",
          FinalFailure.BAD_SPECIFICATION);
    }
    return address;
  }

  private static @Nullable URI parsed(String value) {
    try {
      URI address = new URI(value.strip());
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return http && address.getHost() != null ? address : null;
    } catch (URISyntaxException e) {
      return null; // its message would tell the address
    }
  }

  private String body(Reminder reminder) {
    var progress = reminder.progress();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("text", text(reminder));
    body.put("campaign", reminder.round().campaign().value());
    body.put("round", reminder.round().number());
    body.put("reminder", reminder.number());
    body.put("openBatches", progress.openBatches());
    body.put("batches", progress.batches());
    body.put("answered", progress.answered());
    body.put("images", progress.images());
    body.put("deadline", reminder.deadline().toString());
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a reminder is plain data", e);
    }
  }
}
