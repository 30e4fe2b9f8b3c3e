package dev.labelloop.activities.format.yolo;

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
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.core.Box;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YoloTest {
  private static final KnownImages ONE =
      KnownImages.of(Map.of("a.jpg", new ImageSize(1000, 500)), Map.of());

  @TempDir Path folder;

  @Test
  void writesTheGoldenFolder() throws Exception {
    // the second box sticks out by 20 pixels: from 1900 to 1920 remain, centre 1910 / 1920
    YoloExporter.labels().export(Labels.CLASSES, Labels.TWO_IMAGES.iterator(), folder);
    for (String file : List.of("data.yaml", "labels/a.txt", "labels/lot/b.txt")) {
      assertThat(folder.resolve(file))
          .hasContent(Files.readString(Labels.golden("yolo").resolve(file)));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vehicles-openimages", "bccd", "aerial-cars"})
  void bringsRealLabelsBackWithinAThousandthOfAPixel(String dataset) throws Exception {
    LabelFile labels = Labels.real(dataset);
    YoloExporter.labels().export(labels.classes(), labels.images().iterator(), folder);
    for (ImageLabels image : labels.images()) {
      Path place = folder.resolve("images").resolve(image.path());
      Files.createDirectories(place.getParent());
      Files.createFile(place); // never opened: the sizes are known
    }
    LabelFile back =
        new YoloImporter()
            .read(folder, ImportChecks.of(Labels.knownOf(labels), labels.classes().names()));
    assertThat(back.classes().names()).isEqualTo(labels.classes().names());
    assertThat(back.images()).hasSameSizeAs(labels.images());
    Map<String, ImageLabels> byPath =
        back.images().stream().collect(Collectors.toMap(ImageLabels::path, image -> image));
    for (ImageLabels expected : labels.images()) {
      ImageLabels found = byPath.get(expected.path());
      assertThat(found.boxes()).hasSameSizeAs(expected.boxes());
      for (int i = 0; i < found.boxes().size(); i++) {
        BoxLabel a = expected.boxes().get(i);
        BoxLabel b = found.boxes().get(i);
        assertThat(b.classIndex()).isEqualTo(a.classIndex());
        assertThat(b.box().x()).isCloseTo(a.box().x(), within(1e-3));
        assertThat(b.box().y()).isCloseTo(a.box().y(), within(1e-3));
        assertThat(b.box().right()).isCloseTo(a.box().right(), within(1e-3));
        assertThat(b.box().bottom()).isCloseTo(a.box().bottom(), within(1e-3));
      }
    }
  }

  @Test
  void writesScoresWhereTheyAreAskedFor() throws Exception {
    ImageLabels image =
        new ImageLabels(
            "a.jpg", 1000, 500, List.of(BoxLabel.scored(new Box(100, 100, 200, 50), 0, 0.25)));
    YoloExporter.detections().export(Labels.CLASSES, List.of(image).iterator(), folder);
    // centre (200, 125) of 1000 x 500
    assertThat(folder.resolve("labels/a.txt"))
        .hasContent("0 0.20000000 0.25000000 0.20000000 0.10000000 0.25000000\n");
    touch("images/a.jpg");
    assertThat(new YoloImporter().read(folder, new ImportChecks(ONE, null)).images().get(0).boxes())
        .extracting(BoxLabel::score)
        .containsExactly(0.25);
  }

  @Test
  void refusesToOverwriteOrToMixImages() {
    ImageLabels jpg = new ImageLabels("a.jpg", 10, 10, List.of());
    ImageLabels png = new ImageLabels("a.png", 10, 10, List.of());
    YoloExporter exporter = YoloExporter.labels();
    assertThatThrownBy(() -> exporter.export(Labels.CLASSES, List.of(jpg, png).iterator(), folder))
        .hasMessageContaining("images 'a.jpg' and 'a.png' share one label file, a.txt");
    assertThat(folder).isEmptyDirectory();
    ImageLabels out = new ImageLabels("../../a.jpg", 10, 10, List.of());
    assertThatThrownBy(() -> exporter.export(Labels.CLASSES, List.of(out).iterator(), folder))
        .hasMessageContaining("leads out");
    exporter.export(Labels.CLASSES, List.of(jpg).iterator(), folder);
    assertThatThrownBy(() -> exporter.export(Labels.CLASSES, List.of(jpg).iterator(), folder))
        .hasMessageContaining("labels is there already");
  }

  @Test
  void readsSplitsSizesAndEmptyImagesFromTheFolderItself() throws Exception {
    write("data.yaml", "names: [car, bus]\n");
    byte[] stored = Pictures.jpeg(Pictures.corners(64, 32));
    Files.createDirectories(folder.resolve("train/images"));
    Files.write(
        folder.resolve("train/images/a.jpg"),
        Pictures.withExif(stored, Pictures.tiff(6, ByteOrder.BIG_ENDIAN)));
    write("train/labels/a.txt", "1 0.5 0.5 1 0.5\n\n");
    Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("images/none.jpg"), stored);

    LabelFile labels = new YoloImporter().read(folder, ImportChecks.ANY);
    assertThat(labels.classes())
        .isEqualTo(
            new ClassTable(
                List.of(new ClassTable.Entry(0, "car"), new ClassTable.Entry(1, "bus"))));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels("none.jpg", 64, 32, List.of()),
            new ImageLabels(
                "train/images/a.jpg",
                32,
                64,
                List.of(BoxLabel.of(new Box(0, 16, 32, 32), 1)))); // upright: 32 x 64
  }

  @Test
  void namesEachFaultyLine() throws Exception {
    write("data.yaml", "names: {0: car, 2: bus}\n");
    touch("images/a.jpg");
    write(
        "labels/a.txt",
        """
        0 0.5 0.5 0.1 0.1
        1 0.5 0.5 0.1 0.1
        0 0.5 0.5 0.1
        0 0.5 x 0.1 0.1
        0 0.99 0.5 0.1 0.1
        0 0.5 nan 0.1 0.1
        0 0.5 NaN 0.1 0.1
        0 0.5 0.5 0 0.1
        0 0.5 0.5 0.1 0.1 1.5
        2 0.5 0.5 0.1 0.1
        """);
    write("labels/b.txt", "");
    assertThatThrownBy(() -> new YoloImporter().read(folder, ImportChecks.of(ONE, List.of("car"))))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining(folder + " has 10 faults:")
        .hasMessageContaining("labels/a.txt line 2: class 1 is not in data.yaml {0=car, 2=bus}")
        .hasMessageContaining("labels/a.txt line 3 has 4 columns")
        .hasMessageContaining("labels/a.txt line 4: 'x' is no number")
        .hasMessageContaining("labels/a.txt line 5: box [940.0, 225.0, 100.0, 50.0] lies outside")
        .hasMessageContaining("labels/a.txt line 6: 'nan' is no number")
        .hasMessageContaining("labels/a.txt line 7: box [450.0, NaN, 100.0, 50.0] is not finite")
        .hasMessageContaining("labels/a.txt line 8: box [500.0, 225.0, 0.0, 50.0] has no area")
        .hasMessageContaining("labels/a.txt line 9: score 1.5 must lie in [0, 1]")
        .hasMessageContaining("labels/a.txt line 10: class 'bus' is none of [car]")
        .hasMessageContaining("labels/b.txt belongs to no image");
  }

  @Test
  void refusesAFolderThatIsNoYoloFolder() throws Exception {
    assertRefused("has no data.yaml");
    write("data.yaml", "names: [");
    assertRefused("data.yaml is no YAML");
    write("data.yaml", "nc: 3\n");
    assertRefused("data.yaml has no 'names'");
    write("data.yaml", "names: [car, car]\n");
    assertRefused("class 'car' is listed twice");
    write("data.yaml", "names: [car]\n");
    touch("images/unknown.jpg");
    assertThatThrownBy(() -> new YoloImporter().read(folder, new ImportChecks(ONE, null)))
        .hasMessageContaining("image 'unknown.jpg' is not in the image folder");
    assertRefused("unknown.jpg is empty (0 bytes)");
    assertThatThrownBy(() -> new YoloImporter().read(folder.resolve("nowhere"), ImportChecks.ANY))
        .hasMessageContaining("there is no such folder");
  }

  @Test
  void placesLabelsAsTrainersLookForThem() {
    assertThat(YoloFormat.labelFile("images/lot/a.b.jpg")).isEqualTo("labels/lot/a.b.txt");
    assertThat(YoloFormat.labelFile("images/lot/a")).isEqualTo("labels/lot/a.txt");
    assertThat(YoloFormat.labelFile("train/images/a.jpg")).isEqualTo("train/labels/a.txt");
    assertThat(YoloFormat.labelFile("images/x/images/a.jpg")).isEqualTo("images/x/labels/a.txt");
  }

  private void assertRefused(String problem) {
    assertThatThrownBy(() -> new YoloImporter().read(folder, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining(problem);
  }

  private void touch(String path) throws Exception {
    write(path, "");
  }

  private void write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
