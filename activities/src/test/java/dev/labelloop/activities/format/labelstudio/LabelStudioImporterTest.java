package dev.labelloop.activities.format.labelstudio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Labels;
import dev.labelloop.core.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelStudioImporterTest {
  private static final String VALUE =
      "'x':10,'y':25,'width':30,'height':50,'rectanglelabels':['car']";
  private static final String REGION =
      "{'type':'rectanglelabels','original_width':100,'original_height':80,'value':{"
          + VALUE
          + "}}";

  @TempDir Path folder;

  @Test
  void readsWhatPeopleDrewAndNothingElse() throws Exception {
    LabelFile labels =
        LabelStudioImporter.annotations()
            .read(Labels.golden("labelstudio-export.json"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("car")));
    // the newest that was not skipped; 10 % and 15.5 % of 1920, 20 % and 8.25 % of 1080
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels("lot/a #1.jpg", 1920, 1080, List.of(BoxLabel.of(Labels.BOX, 0))),
            new ImageLabels("b.jpg", 640, 480, List.of()));
  }

  @Test
  void readsWhatAModelSaidWhereAskedForThat() throws Exception {
    Path file = Labels.golden("labelstudio-export.json");
    Map<String, ImageSize> sizes =
        Map.of("lot/a #1.jpg", new ImageSize(1920, 1080), "d.jpg", new ImageSize(100, 50));
    ImportChecks checks = new ImportChecks(KnownImages.of(sizes, Map.of()), null);
    assertThat(LabelStudioImporter.predictions().read(file, checks).images())
        .containsExactly(
            new ImageLabels("lot/a #1.jpg", 1920, 1080, List.of()),
            new ImageLabels(
                "d.jpg", 100, 50, List.of(BoxLabel.scored(new Box(50, 25, 50, 25), 0, 0.25))));
  }

  @Test
  void prefersTheGroundTruthToTheNewest() throws Exception {
    String truth =
        "{'ground_truth':true,'updated_at':'2026-01-01T00:00:00Z','result':[" + REGION + "]}";
    String newer = "{'ground_truth':false,'updated_at':'2026-02-01T00:00:00Z','result':[]}";
    for (String answers : List.of(truth + "," + newer, newer + "," + truth)) {
      write("[" + task("a.jpg", answers) + "]");
      assertThat(read().images().get(0).boxes())
          .containsExactly(BoxLabel.of(new Box(10, 20, 30, 40), 0));
    }
  }

  @Test
  void readsATurnedBoxAsTheUprightOneAroundIt() throws Exception {
    // 30 x 40 at (10, 20), turned clockwise about its top-left corner by 90 degrees: it lies left
    // of x = 10 and is cut at the edge: from 10 - 40 to 10 across, from 20 to 50 down
    write("[" + answered("a.jpg", REGION.replace("'x'", "'rotation':90,'x'")) + "]");
    Box box = read().images().get(0).boxes().get(0).box();
    assertThat(box.x()).isEqualTo(0);
    assertThat(box.right()).isCloseTo(10, within(1e-9));
    assertThat(box.y()).isCloseTo(20, within(1e-9));
    assertThat(box.bottom()).isCloseTo(50, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "/data/local-files/?d=lot%2Fa%2Bb.jpg, lot/a+b.jpg",
    "http://127.0.0.1:8080/data/local-files/?d=a.jpg, a.jpg",
    "/data/upload/12/0123abcd-a-b.jpg, a-b.jpg",
    "lot\\\\a.jpg, lot/a.jpg"
  })
  void findsThePathInAnAddress(String address, String path) throws Exception {
    write("[" + answered(address, REGION) + "]");
    assertThat(read().images().get(0).path()).isEqualTo(path);
  }

  @Test
  void namesEachFault() throws Exception {
    write(
        "["
            + String.join(
                ",",
                answered("https://images.example/a.jpg", REGION),
                "{'data':{'image':'1.jpg'}}",
                answered("2.jpg", ""),
                answered("3.jpg", REGION.replace("'width':30", "'width':92")),
                answered("4.jpg", REGION.replace("'width':30", "'width':'30'")),
                answered("5.jpg", REGION.replace("'rectanglelabels',", "'polygonlabels',")),
                answered("6.jpg", REGION.replace("['car']", "['car','bus']")),
                answered("7.jpg", REGION.replace("'value'", "'image_rotation':90,'value'")),
                answered("8.jpg", REGION.replace("100,", "'wide',")),
                answered("../9.jpg", REGION),
                task("10.jpg", "{'result':null}"),
                answered("3.jpg", REGION),
                "7")
            + "] []");
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(file() + " has ")
        .hasMessageContaining(
            "tasks[0]: data: image 'https://images.example/a.jpg' tells no path in the image folder:"
                + " add data.path")
        .hasMessageContaining("tasks[1]: no list 'annotations' or no 'data': export the project")
        .hasMessageContaining("tasks[2]: image '2.jpg' has no width and height: add them")
        .hasMessageContaining("tasks[3] result[0]: box [10.0, 20.0, 92.0, 40.0] lies outside")
        .hasMessageContaining("tasks[4] result[0] value: width is \"30\": write a number")
        .hasMessageContaining("tasks[5] result[0]: type 'polygonlabels' with rectanglelabels")
        .hasMessageContaining("[\"car\",\"bus\"] is no box of one class: draw a rectangle")
        .hasMessageContaining("tasks[7] result[0]: image_rotation is 90: label the image as it")
        .hasMessageContaining("tasks[8] result[0]: original_width is \"wide\"")
        .hasMessageContaining("tasks[9]: image '../9.jpg' leads out of the image folder")
        .hasMessageContaining("tasks[10]: an answer has no list 'result'")
        .hasMessageContaining("tasks[11]: another image has the image '3.jpg': join them")
        .hasMessageContaining("tasks[12]: no list 'annotations'")
        .hasMessageContaining("goes on after its end");
  }

  @Test
  void refusesLabelsOfAnotherSizeThanTheUprightImages() throws Exception {
    write("[" + answered("a.jpg", REGION) + "]");
    KnownImages turned = KnownImages.of(Map.of("a.jpg", new ImageSize(80, 100)), Map.of());
    assertThatThrownBy(
            () -> LabelStudioImporter.annotations().read(file(), new ImportChecks(turned, null)))
        .hasMessageContaining(
            "tasks[0]: image 'a.jpg' is said to have 100 x 80 pixels, but stands upright with 80 x");
  }

  private static String answered(String address, String region) {
    return task(address, "{'result':[" + region + "]}");
  }

  private static String task(String address, String answers) {
    return "{'data':{'image':'" + address + "'},'annotations':[" + answers + "]}";
  }

  private LabelFile read() {
    return LabelStudioImporter.annotations().read(file(), ImportChecks.ANY);
  }

  private Path file() {
    return folder.resolve("export.json");
  }

  private void write(String json) throws Exception {
    Files.writeString(file(), json.replace('\'', '"'));
  }
}
