package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.worker.demo.DemoDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole campaign whose reviewer answers over HTTP, with everything real. */
class ReviewedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("reviewers answer at (\\S+)");

  /** Between looks for the next image while the campaign works. */
  private static final long PAUSE_MILLIS = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void endsWhenPeopleHaveAnswered() throws Exception {
    DemoDataset.draw(folder, 24, 8, 7);
    Path specification = Files.writeString(folder.resolve("spec.yaml"), specification());
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(
            () ->
                Cli.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    "run",
                    specification.toString(),
                    "--home",
                    folder.resolve("home").toString(),
                    "--json"));

    int answered = 0;
    while (!ended(run)) {
      Matcher address = ADDRESS.matcher(err.toString());
      if (address.find() && answerNext(address.group(1))) {
        answered++;
      }
    }

    assertThat(run.join()).as(err.toString()).isZero();
    // A quarter of 32 images is the holdout, which people label first; of the 24 others, a quarter.
    assertThat(answered).isEqualTo(8 + 6);
    JsonNode result = JSON.readTree(out.toString());
    assertThat(result.get("state").asText()).isEqualTo("COMPLETED");
    JsonNode first = result.get("rounds").get(1);
    assertThat(first.get("imagesReviewed").asInt()).isEqualTo(14);
    assertThat(first.get("personSeconds").asDouble()).isEqualTo(42); // 14 x 3
  }

  private static boolean ended(CompletableFuture<Integer> run) throws Exception {
    try {
      run.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** Answers the next image, if one waits; whether it did. */
  private boolean answerNext(String server) throws Exception {
    HttpResponse<String> next;
    try {
      next =
          client.send(
              request(server + "/api/review/next?campaign=reviewed").build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      return false; // the run has just ended
    }
    if (next.statusCode() != 200) {
      return false; // 404 before the campaign is stored, 204 while it works
    }
    JsonNode view = JSON.readTree(next.body());
    HttpResponse<String> stored =
        client.send(
            request(server + "/api/review/" + view.get("key").asText())
                .header("Content-Type", "application/json")
                .header("If-Match", next.headers().firstValue("ETag").orElseThrow())
                .PUT(HttpRequest.BodyPublishers.ofString(answer(view)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    return true;
  }

  private HttpRequest.Builder request(String address) throws IOException {
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", "Bearer " + Files.readString(folder.resolve("home/token")));
  }

  /** One box in the middle; this test is not about learning. */
  private static String answer(JsonNode view) {
    double width = view.get("width").asDouble() / 2;
    double height = view.get("height").asDouble() / 2;
    return JSON.createObjectNode()
        .put("submissionId", UUID.randomUUID().toString())
        .put("outcome", "CORRECTED")
        .put("reviewer", "ann")
        .put("seconds", 3)
        .set(
            "boxes",
            JSON.createArrayNode()
                .add(
                    JSON.createObjectNode()
                        .put("x", width / 2)
                        .put("y", height / 2)
                        .put("width", width)
                        .put("height", height)
                        .put("class", view.get("classes").get(0).asText())))
        .toString();
  }

  private static String specification() {
    return String.join(
        "\n",
        "name: reviewed",
        "classes: [" + String.join(", ", DemoDataset.classes()) + "]",
        "images: images",
        "holdout: 25%",
        "model: {input: 64}",
        "rounds: {max: 1}",
        "selection: {budget: 25%}",
        "review: {tool: page, batchSize: 4}",
        "pseudoLabels: {mode: off}",
        "training: {epochs: 1}",
        "");
  }
}
