package dev.labelloop.worker.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.Box;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through the wire, on a real PostgreSQL; only the campaigns are fakes. */
@ExtendWith(Board.Shared.class)
class DashboardTest {
  private final Board board;

  DashboardTest(Board board) {
    this.board = board;
  }

  @Test
  void listsWhatIsStoredEvenIfTheTemporalServerDoesNotKnowIt() throws Exception {
    board.stored.campaign("listed");

    JsonNode campaigns = board.get(200, "/api/campaigns").get("campaigns");

    JsonNode listed =
        StreamSupport.stream(campaigns.spliterator(), false)
            .filter(row -> row.get("name").asText().equals("listed"))
            .findFirst()
            .orElseThrow();
    assertThat(listed.get("state").isNull()).isTrue();
    assertThat(listed.get("maxRounds").asInt()).isEqualTo(1);
    assertThat(listed.get("waiting").get("images").asInt()).isEqualTo(3);
    assertThat(listed.get("waiting").get("boxes").asInt()).isEqualTo(6);
    assertThat(listed.get("waiting").get("decisions").asInt()).isZero();
  }

  @Test
  void tellsWhereACampaignIsAndWhatItWasAskedFor() throws Exception {
    board.stored.campaign("status");

    JsonNode view = board.get(200, "/api/campaigns/status");

    assertThat(view.get("phase").asText()).isEqualTo("AWAITING_REVIEW");
    assertThat(view.get("round").asInt()).isEqualTo(1);
    assertThat(view.get("review").get("images").asInt()).isEqualTo(3);
    assertThat(view.get("champion").get("score").get("map").asDouble()).isEqualTo(0.25);
    assertThat(view.get("temporal").asText()).isEqualTo("http://ui/status");
    assertThat(view.get("spec").get("classes")).isEqualTo(Board.JSON.readTree("[\"car\",\"bus\"]"));
    assertThat(view.get("spec").get("images").asText())
        .isEqualTo("images"); // no path of the server
    assertThat(view.get("spec").get("review").get("deadline").asText()).isEqualTo("PT72H");
  }

  @Test
  void reportsNothingThatIsNotMeasured() throws Exception {
    board.stored.campaign("report");

    JsonNode report = board.get(200, "/api/campaigns/report/report");

    assertThat(report.get("rounds")).isEmpty();
    assertThat(report.get("random").isNull()).isTrue();
    assertThat(report.get("intervals")).isEmpty();
    assertThat(report.get("failures").isNull()).isTrue();
    assertThat(report.get("dataset").get("poolImages").asInt()).isEqualTo(3);
    assertThat(report.get("perClass")).hasSize(2);
    assertThat(report.get("perClass").get(0).get("ap").isNull()).isTrue();
    assertThat(report.get("pseudoLabels").get("certified").asBoolean()).isFalse();
    assertThat(report.get("simulated").asBoolean()).isFalse();
  }

  @Test
  void pagesThroughTheGallery() throws Exception {
    List<ImageId> images = board.stored.campaign("gallery");
    answer("gallery", images.get(0));

    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = board.get(200, "/api/campaigns/gallery/gallery?limit=1" + after);
      page.get("images").forEach(image -> seen.add(image.get("id").asText()));
      after = page.get("next").isNull() ? null : "&after=" + page.get("next").asText();
    } while (after != null);

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(images.stream().map(ImageId::value).toList());
    JsonNode labelled =
        board.get(200, "/api/campaigns/gallery/gallery?source=person&class=bus").get("images");
    assertThat(labelled).hasSize(1);
    assertThat(labelled.get(0).get("maker").asText()).isEqualTo("anna");
    assertThat(labelled.get(0).get("file").asText())
        .isEqualTo("/api/images/gallery/" + images.get(0));
    assertThat(labelled.get(0).get("boxes").get(0).get("class").asText()).isEqualTo("bus");
    assertThat(labelled.get(0).get("boxes").get(0).has("confidence")).isFalse();
    JsonNode predicted =
        board.get(200, "/api/campaigns/gallery/gallery?source=none&from=0.5&to=0.8");
    assertThat(predicted.get("images")).hasSize(2);
    assertThat(predicted.get("images").get(0).get("boxes")).hasSize(2); // the third is unsure
  }

  @Test
  void saysWhichFilterIsWrongAndHowToMendIt() throws Exception {
    board.stored.campaign("filters");
    String gallery = "/api/campaigns/filters/gallery?";

    assertThat(error(gallery + "class=lorry")).contains("class = lorry");
    assertThat(error(gallery + "source=somebody")).contains("person", "holdout");
    assertThat(error(gallery + "from=2")).contains("from = 2");
    assertThat(error(gallery + "to=NaN")).contains("to = NaN");
    assertThat(error(gallery + "limit=1000")).contains("limit = 1000");
    assertThat(error(gallery + "order=luck")).contains("order = luck");
    assertThat(error(gallery + "after=here")).contains("next");
    assertThat(error(gallery + "round=first")).contains("round = first");
  }

  private String error(String path) throws Exception {
    return board.get(400, path).get("error").asText();
  }

  @Test
  void tellsTheHistoryOfAnImage() throws Exception {
    List<ImageId> images = board.stored.campaign("history");
    answer("history", images.get(1));

    JsonNode history = board.get(200, "/api/campaigns/history/images/" + images.get(1));

    assertThat(history.get("name").asText()).isEqualTo("history1.png");
    assertThat(history.get("predictions").get(0).get("boxes")).hasSize(3);
    assertThat(history.get("predictions").get(0).get("boxes").get(0).get("confidence").asDouble())
        .isBetween(0.89, 0.91);
    assertThat(history.get("answers").get(0).get("reviewer").asText()).isEqualTo("anna");
    assertThat(history.get("answers").get(0).get("purpose").asText()).isEqualTo("ACTIVE");
    assertThat(history.get("annotations").get(0).get("boxes")).hasSize(1);
    board.get(404, "/api/campaigns/history/images/" + "0".repeat(64));
    board.get(400, "/api/campaigns/history/images/one");
  }

  @Test
  void forecastsNothingFromNextToNothing() throws Exception {
    List<ImageId> images = board.stored.campaign("forecast");
    answer("forecast", images.get(0));

    JsonNode forecast = board.get(200, "/api/campaigns/forecast/forecast");

    assertThat(forecast.get("left").asInt()).isEqualTo(2);
    assertThat(forecast.get("answers").asInt()).isEqualTo(1);
    assertThat(forecast.get("least").asInt()).isEqualTo(5);
    assertThat(forecast.get("doneBy").isNull()).isTrue();
    assertThat(forecast.get("perHour").isNull()).isTrue();
    assertThat(forecast.get("workLeft").asDouble()).isEqualTo(16); // two times 8 s
  }

  @Test
  void knowsNothingElse() throws Exception {
    for (String below : List.of("", "/report", "/forecast", "/gallery", "/events", "/export")) {
      board.get(404, "/api/campaigns/nobody" + below);
    }
    board.get(400, "/api/campaigns/-strange");
    board.stored.campaign("gone");
    board.get(404, "/api/campaigns/gone");
    board.stored.campaign("deaf");
    board.get(503, "/api/campaigns/deaf");
    board.get(200, "/api/campaigns/deaf/report"); // what is stored is there all the same
  }

  @Test
  void whatWaitsForADecisionIsNoWorkForPeople() throws Exception {
    List<ImageId> images = board.stored.campaign("torn", 2, CampaignSpec.Asking.IMAGES);
    for (ImageId image : images) {
      answer("torn", image, "anna", new Box(10, 10, 20, 20));
      answer("torn", image, "ben", new Box(60, 40, 20, 20));
    }

    JsonNode forecast = board.get(200, "/api/campaigns/torn/forecast");

    assertThat(forecast.get("left").asInt()).isZero();
    assertThat(forecast.get("decisions").asInt()).isEqualTo(3);
    assertThat(forecast.get("workLeft").asDouble()).isZero();
    assertThat(forecast.get("doneBy").isNull()).isTrue();
  }

  private void answer(String campaign, ImageId image) {
    answer(campaign, image, "anna", new Box(10, 10, 20, 20));
  }

  private void answer(String campaign, ImageId image, String person, Box box) {
    board.stored.answers.put(
        new RoundId(new CampaignName(campaign), 1),
        new Answer(
            image,
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(new LabelledBox(box, 1)),
            person,
            null,
            8,
            0,
            3),
        Optional.of(0));
  }
}
