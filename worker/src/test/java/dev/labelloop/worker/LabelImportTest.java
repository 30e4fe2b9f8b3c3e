package dev.labelloop.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.LabelImport.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelImportTest {
  private static final String SAME = "[10, 10, 40, 20], \"category_id\": 1";
  private static final String BUS = "[60, 10, 20, 20], \"category_id\": 2";

  @TempDir private static Path folder;
  private static StoredCampaigns stored;

  @BeforeAll
  static void start() throws IOException {
    stored = new StoredCampaigns(folder.resolve("images"));
  }

  @AfterAll
  static void stop() throws IOException {
    stored.close();
  }

  @Test
  void takesTheLabelsOfImagesThatPeopleAreAskedAbout() throws Exception {
    List<ImageId> images = stored.campaign("taken");
    BatchId whole = new BatchId("taken/r1/b0");
    // The first two images make up b0.
    Path file = file("taken", 2, SAME, BUS);

    assertThat(take("taken", file)).isEqualTo(new Result(2, 0, 0, List.of(whole)));

    Answer answer = stored.answers.settling(whole, images.get(0)).orElseThrow().answer();
    // Both shown boxes, the car and the bus, were left as they are.
    assertThat(answer.outcome()).isEqualTo(ReviewOutcome.ACCEPTED);
    assertThat(answer.kept()).isEqualTo(2);
    assertThat(answer.reviewer()).isEqualTo("anna");
    Answer empty = stored.answers.settling(whole, images.get(1)).orElseThrow().answer();
    assertThat(empty.boxes()).isEmpty();
    assertThat(empty.touched()).as("both shown boxes deleted").isEqualTo(2);
  }

  @Test
  void takesTheSameLabelsOnce() throws Exception {
    stored.campaign("again");
    Path file = file("again", 1, SAME);
    take("again", file);

    assertThat(take("again", file)).isEqualTo(new Result(0, 1, 0, List.of()));
  }

  @Test
  void leavesOutWhatNobodyAsksAbout() throws Exception {
    stored.campaign("closed");
    stored.answers.close(new BatchId("closed/r1/b0"));

    assertThat(take("closed", file("closed", 3, SAME)))
        .isEqualTo(new Result(1, 0, 2, List.of(new BatchId("closed/r1/b1"))));
  }

  @Test
  void storesNothingOfAFaultyFile() throws Exception {
    stored.campaign("faulty");
    Path file = file("faulty", 3, SAME, "[90, 10, 60, 20], \"category_id\": 1");

    assertThatThrownBy(() -> take("faulty", file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("lies outside image 'faulty0.png'");
    assertThat(stored.answers.settling(new BatchId("faulty/r1/b0"))).isEmpty();
  }

  @Test
  void namesACampaignThatIsNotThere() throws Exception {
    assertThatThrownBy(() -> take("nobody", file("nobody", 1, SAME)))
        .hasMessage("there is no campaign 'nobody' here");
  }

  private static Result take(String campaign, Path file) {
    return new LabelImport(
            stored.campaigns, stored.images, stored.batches, stored.contents, stored.answers)
        .take(new CampaignName(campaign), new CocoImporter(), file, "anna");
  }

  /** A COCO file of a campaign's first images; all boxes lie in the first. */
  private static Path file(String campaign, int images, String... boxes) throws IOException {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < images; i++) {
      entries.append(i == 0 ? "" : ",");
      entries.append(
          "{\"id\": %d, \"file_name\": \"%s%d.png\", \"width\": 100, \"height\": 80}"
              .formatted(i + 1, campaign, i));
    }
    StringBuilder annotations = new StringBuilder();
    for (int i = 0; i < boxes.length; i++) {
      annotations.append(i == 0 ? "" : ",");
      annotations.append("{\"id\": %d, \"image_id\": 1, \"bbox\": %s}".formatted(i + 1, boxes[i]));
    }
    return Files.writeString(
        folder.resolve(campaign + ".json"),
        """
        {"images": [%s], "annotations": [%s],
         "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "bus"}]}
        """
            .formatted(entries, annotations));
  }
}
