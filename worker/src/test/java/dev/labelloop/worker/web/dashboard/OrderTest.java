package dev.labelloop.worker.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.core.Box;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators do, through the wire. */
@ExtendWith(Board.Shared.class)
class OrderTest {
  private final Board board;

  OrderTest(Board board) {
    this.board = board;
  }

  @Test
  void carriesOrdersOutAndNotesThem() throws Exception {
    board.stored.campaign("orders");

    for (String order : List.of("pause", "resume", "rollback", "finish")) {
      JsonNode status = board.post(200, "/api/campaigns/orders/" + order, "{}");
      assertThat(status.get("campaign").asText()).isEqualTo("orders");
      assertThat(board.control.orders).contains(order + " orders");
      assertThat(board.notes).contains("campaign." + order + " orders {}");
    }
  }

  @Test
  void amends() throws Exception {
    board.stored.campaign("amended");

    board.post(
        200,
        "/api/campaigns/amended/amend",
        "{\"budget\": 0.05, \"deadline\": \"P1D\", \"target\": null, \"rounds\": 4}");

    assertThat(board.control.orders)
        .contains("amend budget 5%, review deadline PT24H, at most 4 rounds amended");
    assertThat(board.notes)
        .contains(
            "campaign.amend amended {what=budget 5%, review deadline PT24H, at most 4 rounds}");
  }

  @Test
  void refusesWhatCannotBeAmendedByNameValueAndMend() throws Exception {
    board.stored.campaign("refused");

    assertThat(refusal("{}")).contains("nothing to amend");
    assertThat(refusal("{\"budget\": 2}")).contains("budget is 2.0").contains("at most 1");
    assertThat(refusal("{\"budget\": \"much\"}")).contains("budget = \"much\"");
    assertThat(refusal("{\"deadline\": \"soon\"}")).contains("deadline = \"soon\"", "P1D");
    assertThat(refusal("{\"rounds\": 1.5}")).contains("rounds = 1.5");
    assertThat(refusal("{\"name\": \"other\"}")).contains("'name'").contains("budget");
    assertThat(refusal("[]")).contains("object");
    assertThat(refusal("{")).contains("JSON");
    assertThat(board.control.orders).noneMatch(order -> order.endsWith("refused"));
  }

  private String refusal(String body) throws Exception {
    return board.post(400, "/api/campaigns/refused/amend", body).get("error").asText();
  }

  @Test
  void tellsWhyACampaignDoesNotObey() throws Exception {
    board.stored.campaign("gone-away");
    board.stored.campaign("deaf-one");

    assertThat(board.post(409, "/api/campaigns/gone-away/pause", "{}").get("error").asText())
        .contains("is not running");
    board.post(503, "/api/campaigns/deaf-one/pause", "{}");
    board.post(404, "/api/campaigns/nobody/pause", "{}");
    assertThat(board.notes).noneMatch(note -> note.contains("gone-away") || note.contains("deaf"));
  }

  @Test
  void handsOutLabelsAsAZipFile() throws Exception {
    List<ImageId> images = board.stored.campaign("zip");
    answer("zip", images.get(0));

    HttpResponse<byte[]> coco = board.get(export("zip", "coco"), BodyHandlers.ofByteArray());
    HttpResponse<byte[]> yolo = board.get(export("zip", "yolo"), BodyHandlers.ofByteArray());

    assertThat(coco.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(coco.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"zip-all-coco.zip\"");
    Map<String, String> file = entries(coco.body());
    assertThat(file).containsOnlyKeys("zip-all-coco.json");
    JsonNode json = Board.JSON.readTree(file.get("zip-all-coco.json"));
    assertThat(json.get("images").get(0).get("file_name").asText()).isEqualTo("zip0.png");
    assertThat(json.get("annotations")).hasSize(1);
    assertThat(entries(yolo.body()))
        .containsOnlyKeys("zip-all-yolo/data.yaml", "zip-all-yolo/labels/zip0.txt");
    assertThat(board.get(export("zip", "coco"), BodyHandlers.ofByteArray()).body())
        .isEqualTo(coco.body()); // the same labels are the same file
    assertThat(board.notes).contains("campaign.export zip {format=coco, part=ALL}");
  }

  @Test
  void refusesFormatsAndPartsThatThereAreNot() throws Exception {
    board.stored.campaign("formats");

    assertThat(board.get(400, export("formats", "excel")).get("error").asText())
        .contains("coco", "yolo");
    board.get(400, export("formats", "coco") + "&part=some");
  }

  private static String export(String campaign, String format) {
    return "/api/campaigns/" + campaign + "/export?format=" + format;
  }

  private static Map<String, String> entries(byte[] zip) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private void answer(String campaign, ImageId image) {
    board.stored.answers.put(
        new RoundId(new CampaignName(campaign), 1),
        new Answer(
            image,
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(new LabelledBox(new Box(10, 10, 20, 20), 1)),
            "anna",
            null,
            8,
            0,
            3),
        Optional.of(0));
  }
}
