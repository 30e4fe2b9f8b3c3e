package dev.labelloop.activities.format.labelme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class LabelMeTest {
  private static final String SHAPE =
      "{'label':'car','shape_type':'rectangle','points':[[40,60],[10,20]]}";

  @TempDir Path folder;

  @Test
  void writesTheGoldenFolder() throws Exception {
    new LabelMeExporter().export(Labels.CLASSES, Labels.TWO_IMAGES.iterator(), folder);
    for (String file : List.of("a.json", "lot/b.json")) {
      assertThat(folder.resolve(file))
          .hasContent(Files.readString(Labels.golden("labelme").resolve(file)));
    }
    assertThatThrownBy(
            () ->
                new LabelMeExporter().export(Labels.CLASSES, Labels.TWO_IMAGES.iterator(), folder))
        .hasMessageContaining("is there already: remove it, or export to a new folder");
  }

  @Test
  void readsTheGoldenFolder() throws Exception {
    LabelFile labels = new LabelMeImporter().read(Labels.golden("labelme"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("car", "truck")));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.of(Box.ofCorners(192, 216, 489.6, 305.1), 0),
                    BoxLabel.of(new Box(1900, 1000, 20, 60), 1))),
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
  }

  @Test
  void readsCornersInAnyOrderAndPathsAsSeenFromTheFile() throws Exception {
    write("json/lot/a.json", file("..\\\\..\\\\images\\\\a.jpg", SHAPE));
    assertThat(new LabelMeImporter().read(folder, ImportChecks.ANY).images())
        .containsExactly(
            new ImageLabels(
                "images/a.jpg", 100, 80, List.of(BoxLabel.of(new Box(10, 20, 30, 40), 0))));
  }

  @Test
  void passesOverAPictureLargerThanAnyTextMayBe() throws Exception {
    String picture = "'imageData':'" + "A".repeat(30_000_000) + "',";
    write("a.json", file("a.jpg", SHAPE).replace("{'imagePath'", "{" + picture + "'imagePath'"));
    assertThat(new LabelMeImporter().read(folder, ImportChecks.ANY).images()).hasSize(1);
  }

  @Test
  void namesEachFault() throws Exception {
    write("a.json", file("a.jpg", SHAPE.replace("40", "102")));
    write("b.json", file("b.jpg", SHAPE.replace("40", "10")));
    write("c.json", file("c.jpg", SHAPE.replace("40", "'40'")));
    write("d.json", file("d.jpg", SHAPE.replace("rectangle", "polygon")));
    write("e.json", file("e.jpg", SHAPE.replace("'label':'car',", "")));
    write("f.json", file("../f.jpg", SHAPE));
    write("g.json", file("a.jpg", SHAPE));
    write("h.json", "{'imagePath':'h.jpg'}");
    write("i.json", "{'shapes':[]}");
    write("j.json", "[]");
    write("k.json", file("k.jpg", SHAPE.replace("40", "NaN")));
    write("l.json", file("l.jpg", SHAPE).replace("100", "'wide'"));
    assertThatThrownBy(() -> new LabelMeImporter().read(folder, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(folder + " has ")
        .hasMessageContaining("a.json shapes[0]: box [10.0, 20.0, 92.0, 40.0] lies outside image")
        .hasMessageContaining("b.json shapes[0]: box [10.0, 20.0, 0.0, 40.0] has no area")
        .hasMessageContaining("c.json shapes[0]: points [[\"40\",60],[10,20]] are no two corners")
        .hasMessageContaining("d.json shapes[0]: shape_type 'polygon' is no rectangle: draw one")
        .hasMessageContaining("e.json shapes[0]: label is missing: write a text")
        .hasMessageContaining("f.json: imagePath '../f.jpg' leads out of the image folder")
        .hasMessageContaining("g.json: another image has the imagePath 'a.jpg': join them")
        .hasMessageContaining("h.json: has no list 'shapes'")
        .hasMessageContaining("i.json: imagePath is missing: write a text")
        .hasMessageContaining("j.json: holds no object: give LabelMe's files alone")
        .hasMessageContaining("k.json shapes[0]: box [NaN, 20.0, NaN, 40.0] is not finite")
        .hasMessageContaining("l.json: imageWidth is \"wide\": write a whole number");
  }

  @Test
  void namesTheFileThatIsNoJson() throws Exception {
    write("lot/a.json", "{'shapes': [");
    assertThatThrownBy(() -> new LabelMeImporter().read(folder, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining("lot/a.json is no JSON, or cut off, at line 1");
  }

  @Test
  void refusesLabelsOfAnotherSizeThanTheUprightImages() throws Exception {
    write("a.json", file("a.jpg", SHAPE));
    KnownImages turned = KnownImages.of(Map.of("a.jpg", new ImageSize(80, 100)), Map.of());
    assertThatThrownBy(() -> new LabelMeImporter().read(folder, new ImportChecks(turned, null)))
        .hasMessageContaining("is said to have 100 x 80 pixels, but stands upright with 80 x 100");
  }

  private static String file(String path, String shape) {
    return "{'imagePath':'"
        + path
        + "','imageWidth':100,'imageHeight':80,'shapes':["
        + shape
        + "]}";
  }

  private void write(String path, String json) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, json.replace('\'', '"'));
  }
}
