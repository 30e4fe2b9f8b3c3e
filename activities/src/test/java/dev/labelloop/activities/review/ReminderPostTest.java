package dev.labelloop.activities.review;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.Reminder;
import dev.labelloop.review.ReviewProgress;
import io.temporal.failure.ApplicationFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chat on this machine. */
class ReminderPostTest {
  private static final Reminder REMINDER =
      new Reminder(
          new RoundId(new CampaignName("street"), 2),
          3,
          new ReviewProgress(20, 13, 1000, 350),
          Instant.parse("2026-05-04T12:00:00.123Z"));

  private final List<String> received = new ArrayList<>();
  private int answer = 204;
  private HttpServer chat;

  @BeforeEach
  void startChat() throws Exception {
    chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    chat.createContext(
        "/hook",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    chat.start();
  }

  @AfterEach
  void stopChat() {
    chat.stop(0);
  }

  @Test
  void tellsWhatWaitsAndUntilWhen() throws Exception {
    post("http://127.0.0.1:" + chat.getAddress().getPort() + "/hook");

    JsonNode body = new ObjectMapper().readTree(received.get(0));
    assertThat(body.get("text").asText())
        .isEqualTo(
            "Campaign street waits for people: 13 of 20 batches of round 2 are open, 350 of 1,000"
                + " images are answered, due 2026-05-04T12:00:00Z.");
    assertThat(body.get("openBatches").asInt()).isEqualTo(13);
    assertThat(body.get("reminder").asInt()).isEqualTo(3);
  }

  @Test
  void saysHowTheAddressAnsweredButNotWhatItIs() {
    answer = 500;

    assertThatThrownBy(() -> post("http://127.0.0.1:" + chat.getAddress().getPort() + "/hook"))
        .hasMessage("the address in CHAT answered a reminder with HTTP status 500");
  }

  @Test
  void refusesAnAddressThatIsNone() {
    for (String address : List.of("secret", "http://", "https://chat/secret|x", "ftp://secret")) {
      assertThatThrownBy(() -> post(address))
          .isInstanceOf(ApplicationFailure.class)
          .hasMessageContaining("environment variable CHAT")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> new ReminderPost(name -> null).post("CHAT", REMINDER))
        .isInstanceOf(ApplicationFailure.class);
  }

  private static void post(String url) {
    new ReminderPost(name -> name.equals("CHAT") ? url : null).post("CHAT", REMINDER);
  }
}
