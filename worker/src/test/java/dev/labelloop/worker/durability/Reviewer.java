package dev.labelloop.worker.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A reviewer's client, a process of its own that is there to be killed: it answers whatever is open
 * as the truth has it, again and again, until it is.
 *
 * <p>Arguments: the server, the campaign, the answers by image id, milliseconds to dwell at the two
 * points of a request where a death hurts most, the file with a token. It says on standard output
 * that it is there.
 */
final class Reviewer {
  /** Half of the answer's body is with the server. */
  static final String HALF = "half";

  /** The whole request is with the server, its response is not read. */
  static final String SENT = "sent";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String campaign;
  private final JsonNode truth;
  private final long dwell;
  private final Path token;

  private Reviewer(URI server, String campaign, JsonNode truth, long dwell, Path token) {
    this.server = server;
    this.campaign = campaign;
    this.truth = truth;
    this.dwell = dwell;
    this.token = token;
  }

  public static void main(String[] args) throws Exception {
    JsonNode truth = JSON.readTree(Path.of(args[2]).toFile());
    Reviewer reviewer =
        new Reviewer(
            URI.create(args[0]), args[1], truth, Long.parseLong(args[3]), Path.of(args[4]));
    while (true) {
      if (!reviewer.answersNext()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Whether there was an image to answer, and the server took the answer. */
  private boolean answersNext() throws InterruptedException {
    try {
      HttpResponse<String> next =
          client.send(
              HttpRequest.newBuilder(server.resolve("/api/review/next?campaign=" + campaign))
                  .header("Authorization", authorization())
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (next.statusCode() != 200) {
        return false; // 404 before the campaign is stored, 204 while it works, 500 without database
      }
      JsonNode view = JSON.readTree(next.body());
      String version = next.headers().firstValue("ETag").orElseThrow();
      return put(view.get("key").asText(), version, answer(view).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false; // the server has died, or was not there yet
    }
  }

  /** The file comes with the server, which may not be there yet. */
  private String authorization() throws IOException {
    return "Bearer " + Files.readString(token);
  }

  /** A reviewer who tells the same twice tells it under the same submission id. */
  private String answer(JsonNode view) {
    byte[] key = view.get("key").asText().getBytes(StandardCharsets.UTF_8);
    ObjectNode answer = JSON.createObjectNode();
    answer
        .put("submissionId", UUID.nameUUIDFromBytes(key).toString())
        .put("outcome", "CORRECTED")
        .put("reviewer", "ann")
        .put("seconds", 5)
        .set("boxes", truth.get(view.get("image").asText()));
    return answer.toString();
  }

  /** By hand, since no client library can be killed in the middle of a body. */
  private boolean put(String key, String version, byte[] body)
      throws IOException, InterruptedException {
    String head =
        String.join(
            "\r\n",
            "PUT /api/review/" + key + " HTTP/1.1",
            "Host: " + server.getAuthority(),
            "Authorization: " + authorization(),
            "If-Match: " + version,
            "Content-Type: application/json",
            "Content-Length: " + body.length,
            "Connection: close",
            "",
            "");
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, body.length / 2);
      say(HALF);
      out.write(body, body.length / 2, body.length - body.length / 2);
      say(SENT);
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return isStored(key, response);
    }
  }

  private void say(String where) throws InterruptedException {
    System.out.println(where);
    TimeUnit.MILLISECONDS.sleep(dwell);
  }

  /** Any refusal is the server's fault: nobody else answers, and every answer is sound. */
  private static boolean isStored(String key, String response) {
    if (response.startsWith("HTTP/1.1 200")) {
      return true;
    }
    if (response.isEmpty() || response.startsWith("HTTP/1.1 5")) {
      return false;
    }
    System.err.println("the answer to " + key + " was refused: " + response);
    System.exit(1);
    return false;
  }
}
