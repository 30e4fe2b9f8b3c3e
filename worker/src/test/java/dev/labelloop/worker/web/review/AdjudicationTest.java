package dev.labelloop.worker.web.review;

import static dev.labelloop.worker.web.review.Bodies.BUS;
import static dev.labelloop.worker.web.review.Bodies.CAR;
import static dev.labelloop.worker.web.review.Bodies.answer;
import static dev.labelloop.worker.web.review.Bodies.error;
import static dev.labelloop.worker.web.review.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.campaign.CampaignSpec.Asking;
import dev.labelloop.core.ImageId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several people at one image, and single boxes in place of images. */
@ExtendWith(Desk.Shared.class)
class AdjudicationTest {
  private final Desk desk;

  AdjudicationTest(Desk desk) {
    this.desk = desk;
  }

  @Test
  void nobodySeesAnothersAnswerUntilSomebodyDecides() throws Exception {
    ImageId image = desk.campaign("split", 2, Asking.IMAGES).get(0);
    String key = "split/r1/b0/" + image;
    json(200, desk.put(key, 0, answer("CORRECTED", CAR)));

    JsonNode others = json(200, desk.get("/api/review/" + key));
    assertThat(others.get("answer").isNull()).isTrue();
    assertThat(others.get("version").asInt()).isZero();

    json(200, desk.put(key, 0, answer("CORRECTED", BUS).replace("\"ann\"", "\"ben\"")));
    assertThat(error(409, desk.put(key, 0, answer("SKIPPED", "").replace("\"ann\"", "\"cleo\""))))
        .contains("is with somebody else");

    JsonNode item =
        json(200, desk.get("/api/campaigns/split/adjudication")).get("items").get(0);
    assertThat(item.get("key").asText()).isEqualTo(key);
    assertThat(item.get("agreement").asDouble()).isZero();
    assertThat(item.get("answers").findValuesAsText("reviewer")).containsExactly("ann", "ben");
    assertThat(item.get("answers").get(1).get("boxes").get(0).get("class").asText())
        .isEqualTo("bus");

    String decision =
        "{\"submissionId\":\"%s\",\"outcome\":\"CORRECTED\",\"boxes\":[%s]}"
            .formatted(UUID.randomUUID(), CAR);
    assertThat(json(200, desk.put("/api/adjudication/" + key, decision)).get("repeated").asBoolean())
        .isFalse();
    assertThat(json(200, desk.put("/api/adjudication/" + key, decision)).get("repeated").asBoolean())
        .isTrue();
    assertThat(json(200, desk.get("/api/campaigns/split/adjudication")).get("items")).isEmpty();
    assertThat(
            json(200, desk.get("/api/batches/split/r1/b0"))
                .get("images")
                .get(0)
                .get("answered")
                .asBoolean())
        .isTrue();
  }

  @Test
  void asksAboutTheUncertainBoxAlone() throws Exception {
    String key = "boxes/r1/b0/" + desk.campaign("boxes", 1, Asking.BOXES).get(0);

    JsonNode view = json(200, desk.get("/api/review/" + key));

    assertThat(view.get("queries").toString())
        .isEqualTo("[{\"box\":1,\"ask\":[\"class\",\"geometry\"]}]");
    json(200, desk.put(key, 0, queried("ACCEPTED", "{\"box\":1,\"verdict\":\"CORRECT\"}")));
    JsonNode stored = json(200, desk.get("/api/review/" + key)).get("answer");
    assertThat(stored.get("outcome").asText()).isEqualTo("ACCEPTED");
    assertThat(stored.get("boxes")).hasSize(1);
    assertThat(stored.get("boxes").get(0).get("class").asText()).isEqualTo("bus");
    assertThat(stored.get("kept").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ACCEPTED|{\"box\":0,\"verdict\":\"CORRECT\"}|queries[0].box = 0: this box was not asked",
        "ACCEPTED||queries = []: say a verdict on each of the 1 boxes",
        "ACCEPTED|{\"box\":1,\"verdict\":\"NOT_OBJECT\"}|queries = [{",
        "CORRECTED|{\"box\":1,\"verdict\":\"WRONG\"}|queries[0].verdict = \"WRONG\"",
        "CORRECTED|{\"box\":1,\"verdict\":\"FIXED\"}|queries[0].x is missing",
        "SKIPPED|{\"box\":1,\"verdict\":\"CORRECT\"}|queries = [{",
      })
  void saysWhatIsWrongWithAVerdict(String outcome, String query, String sentence)
      throws Exception {
    String key = "verdict/r1/b0/" + desk.campaign("verdict", 1, Asking.BOXES).get(0);

    assertThat(error(400, desk.put(key, 0, queried(outcome, query == null ? "" : query))))
        .startsWith(sentence);
    assertThat(error(400, desk.put(key, 0, answer("CORRECTED", CAR))))
        .startsWith("boxes = [");
  }

  private static String queried(String outcome, String queries) {
    return "{\"submissionId\":\"%s\",\"outcome\":\"%s\",\"queries\":[%s],\"seconds\":2}"
        .formatted(UUID.randomUUID(), outcome, queries);
  }
}
