package dev.labelloop.activities.format.coco;

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
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.core.Box;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoImporterTest {
  private static final String IMAGE = "{'id':1,'file_name':'a.jpg','width':416,'height':416}";
  private static final String CATEGORY = "{'id':7,'name':'car'}";
  private static final String BOX =
      "{'id':1,'image_id':1,'category_id':7,'bbox':[10,20,30,40.5],'iscrowd':0}";

  @TempDir Path folder;

  @Test
  void readsTheGoldenFile() throws Exception {
    LabelFile labels = new CocoImporter().read(Labels.golden("coco.json"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(Labels.CLASSES);
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.of(Labels.BOX, 0),
                    new BoxLabel(new Box(0, 0, 100.5, 50.25), 1, null, true))),
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
  }

  @Test
  void ordersClassesAsTheCampaignDoes() throws Exception {
    Path file =
        write("[" + IMAGE + "]", "[{'id':9,'name':'bus'}," + CATEGORY + "]", "[" + BOX + "]");
    LabelFile labels = new CocoImporter().read(file, new ImportChecks(null, List.of("car", "bus")));
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("car", "bus")));
    assertThat(labels.images().get(0).boxes()).extracting(BoxLabel::classIndex).containsExactly(0);
  }

  @Test
  void readsListsInAnyOrderAndSkipsWhatItDoesNotKnow() throws Exception {
    Path file = folder.resolve("gold.json");
    Files.writeString(
        file,
        ("{'annotations':["
                + BOX
                + "],'info':{'images':[1]},'categories':["
                + CATEGORY
                + "],'images':["
                + IMAGE
                + "]}")
            .replace('\'', '"'));
    assertThat(new CocoImporter().read(file, ImportChecks.ANY).images().get(0).boxes())
        .containsExactly(BoxLabel.of(new Box(10, 20, 30, 40.5), 0));
  }

  @ParameterizedTest
  @CsvSource({"vehicles-openimages,627,1194", "bccd,364,4886", "aerial-cars,66,1540"})
  void readsRealFiles(String dataset, int images, int boxes) {
    LabelFile labels = Labels.real(dataset);
    assertThat(labels.images()).hasSize(images);
    assertThat(labels.images().stream().mapToInt(i -> i.boxes().size()).sum()).isEqualTo(boxes);
  }

  @Test
  void refusesABoxOutsideItsImage() throws Exception {
    assertBox(
        "{'id':4,'image_id':1,'category_id':7,'bbox':[400,20,30,40]}",
        "annotations[0] (id 4): box [400.0, 20.0, 30.0, 40.0] lies outside image 'a.jpg' (416 x"
            + " 416): it must be in pixels of the upright image");
  }

  @Test
  void refusesABoxWithoutArea() throws Exception {
    assertBox(
        "{'id':4,'image_id':1,'category_id':7,'bbox':[40,20,0,40]}",
        "annotations[0] (id 4): box [40.0, 20.0, 0.0, 40.0] has no area");
  }

  @Test
  void refusesABoxThatIsNotANumber() throws Exception {
    assertBox(
        "{'id':4,'image_id':1,'category_id':7,'bbox':[NaN,20,5,40]}",
        "annotations[0] (id 4): box [NaN, 20.0, 5.0, 40.0] is not finite");
    assertBox(
        "{'id':4,'image_id':1,'category_id':7,'bbox':['3',20,5,40]}",
        "annotations[0]: bbox is [\"3\",20,5,40]: write [x, y, width, height] in pixels");
    assertBox(
        "{'id':4,'image_id':1,'category_id':7}",
        "annotations[0]: bbox is missing: write [x, y, width, height] in pixels");
  }

  @Test
  void refusesUnknownReferences() throws Exception {
    assertBox(
        "{'id':4,'image_id':1,'category_id':2,'bbox':[1,2,3,4]}",
        "annotations[0] (id 4): category_id 2 is not in 'categories' [7]");
    assertBox(
        "{'id':4,'image_id':5,'category_id':7,'bbox':[1,2,3,4]}",
        "annotations[0] (id 4): image_id 5 is not in 'images'");
  }

  @Test
  void refusesAClassThatTheCampaignDoesNotHave() throws Exception {
    Path file = write("[" + IMAGE + "]", "[" + CATEGORY + "]", "[" + BOX + "]");
    assertRefused(
        file,
        new ImportChecks(null, List.of("Car", "Bus")),
        "annotations[0] (id 1): category 'car' is none of the classes [Car, Bus]");
  }

  @Test
  void refusesIdsThatAreNotUnique() throws Exception {
    assertRefused(
        write("[" + IMAGE + "]", "[" + CATEGORY + "]", "[" + BOX + "," + BOX + "]"),
        "annotations[1] (id 1): another annotation has this id");
    assertRefused(
        write("[" + IMAGE + "," + IMAGE.replace("a.jpg", "b.jpg") + "]", "[]", "[]"),
        "images[1]: another image has the id 1");
    assertRefused(
        write("[" + IMAGE + "," + IMAGE.replace("'id':1", "'id':2") + "]", "[]", "[]"),
        "images[1]: another image has the file_name 'a.jpg'");
    assertRefused(
        write("[]", "[" + CATEGORY + "," + CATEGORY + "]", "[]"),
        "categories[1]: another category has the id 7");
  }

  @Test
  void matchesImagesByPathAndNotByName() throws Exception {
    Path file = write("[" + IMAGE + "]", "[]", "[]");
    KnownImages images = KnownImages.of(Map.of("lot/a.jpg", new ImageSize(416, 416)), Map.of());
    assertRefused(
        file,
        new ImportChecks(images, null),
        "images[0]: file_name 'a.jpg' is not in the image folder: paths are relative to it; did you"
            + " mean 'lot/a.jpg'?");
    KnownImages refused = KnownImages.of(Map.of(), Map.of("a.jpg", "a.jpg is empty"));
    assertRefused(
        file, new ImportChecks(refused, null), "file_name 'a.jpg' cannot be used: a.jpg is empty");
  }

  @Test
  void readsPathsInAnyNotation() throws Exception {
    Path file = write("[" + IMAGE.replace("a.jpg", "./lot\\\\a.jpg") + "]", "[]", "[]");
    assertThat(new CocoImporter().read(file, ImportChecks.ANY).images().get(0).path())
        .isEqualTo("lot/a.jpg");
  }

  @Test
  void refusesLabelsMadeOnAPictureThatWasNotUpright() throws Exception {
    byte[] stored = Pictures.jpeg(Pictures.corners(64, 32));
    Files.write(
        folder.resolve("a.jpg"), Pictures.withExif(stored, Pictures.tiff(6, ByteOrder.BIG_ENDIAN)));
    ImportChecks checks = new ImportChecks(KnownImages.in(folder, new ImageDecoder()), null);
    String image = "{'id':1,'file_name':'a.jpg','width':%d,'height':%d}";

    assertRefused(
        write("[" + image.formatted(64, 32) + "]", "[]", "[]"),
        checks,
        "is said to have 64 x 32 pixels, but stands upright with 32 x 64");
    Path upright = write("[" + image.formatted(32, 64) + "]", "[]", "[]");
    assertThat(new CocoImporter().read(upright, checks).images()).hasSize(1);
    Path silent = write("[{'id':1,'file_name':'a.jpg'}]", "[]", "[]");
    assertThat(new CocoImporter().read(silent, checks).images().get(0).width()).isEqualTo(32);
  }

  @Test
  void namesAnImageThatCannotBeUsed() throws Exception {
    Files.write(folder.resolve("a.jpg"), new byte[0]);
    ImportChecks checks = new ImportChecks(KnownImages.in(folder, new ImageDecoder()), null);
    assertRefused(write("[" + IMAGE + "]", "[]", "[]"), checks, "a.jpg is empty (0 bytes)");
    assertRefused(
        write("[" + IMAGE.replace("a.jpg", "../a.jpg") + "]", "[]", "[]"),
        checks,
        "file_name '../a.jpg' is not in");
  }

  @Test
  void gathersFaultsUpToAScreenful() throws Exception {
    StringBuilder boxes = new StringBuilder();
    for (int i = 1; i <= 25; i++) {
      boxes.append(i == 1 ? "" : ",");
      boxes.append("{'id':" + i + ",'image_id':1,'category_id':7,'bbox':[1,2,0,4]}");
    }
    Path file = write("[" + IMAGE + "]", "[" + CATEGORY + "]", "[" + boxes + "]");
    assertThatThrownBy(() -> new CocoImporter().read(file, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(file + " has 25 faults:\n  annotations[0] (id 1): box")
        .hasMessageContaining("annotations[19]")
        .hasMessageEndingWith("\n  and 5 more");
  }

  @Test
  void refusesWhatIsNoCocoFile() throws Exception {
    Path file = folder.resolve("gold.json");
    assertRefused(file, "there is no such file");
    Files.writeString(file, "{\"images\": [");
    assertRefused(file, "is no JSON, or cut off, at line 1, column 13");
    Files.writeString(file, "[]");
    assertRefused(file, "holds no object");
    Files.writeString(file, "{\"images\": []}");
    assertRefused(file, "has no list 'annotations'");
    Files.writeString(file, "");
    assertRefused(file, "holds no object");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1, 2, 3});
    assertThatThrownBy(() -> new CocoImporter().read(file, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class);
    Files.writeString(file, "{\"images\": {}, \"annotations\": [3], \"categories\": []} {}");
    assertThatThrownBy(() -> new CocoImporter().read(file, ImportChecks.ANY))
        .hasMessageContaining("images is not a list")
        .hasMessageContaining("annotations[0]: id is missing")
        .hasMessageContaining("goes on after its end");
  }

  private void assertBox(String annotation, String problem) throws Exception {
    assertRefused(write("[" + IMAGE + "]", "[" + CATEGORY + "]", "[" + annotation + "]"), problem);
  }

  private static void assertRefused(Path file, String problem) {
    assertRefused(file, ImportChecks.ANY, problem);
  }

  private static void assertRefused(Path file, ImportChecks checks, String problem) {
    assertThatThrownBy(() -> new CocoImporter().read(file, checks))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(problem);
  }

  private Path write(String images, String categories, String annotations) throws Exception {
    String json =
        "{'images':"
            + images
            + ",'categories':"
            + categories
            + ",'annotations':"
            + annotations
            + "}";
    return Files.writeString(folder.resolve("gold.json"), json.replace('\'', '"'));
  }
}
