package dev.labelloop.activities.format.openimages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Shared;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenImagesTest {
  /** As Open Images writes them; x 12.5 to 50 %, y 25 to 75 %. */
  private static final String HEAD =
      "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,"
          + "IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside\r\n";

  private static final String ROW = "a,xclick,/m/0k4j,1,0.125,0.5,0.25,0.75,0,1,0,0,0\r\n";

  private static final ClassTable CLASSES = ClassTable.of(List.of("car", "truck, \"big\""));

  @TempDir Path folder;

  @Test
  void writesTheGoldenFolder() throws Exception {
    new OpenImagesExporter()
        .export(
            CLASSES,
            List.of(
                    new ImageLabels(
                        "a.jpg",
                        1920,
                        1080,
                        List.of(
                            BoxLabel.scored(new Box(192, 216, 297.6, 54), 0, 0.62),
                            new BoxLabel(new Box(1440, 540, 500, 135), 1, null, true))), // by 20
                    new ImageLabels("lot/a.jpg", 640, 480, List.of()))
                .iterator(),
            folder);
    for (String file :
        List.of("annotations-bbox.csv", "class-descriptions-boxable.csv", "images-boxable.csv")) {
      assertThat(folder.resolve(file))
          .hasSameTextualContentAs(Labels.golden("openimages").resolve(file));
    }
  }

  @Test
  void readsTheGoldenFolder() throws Exception {
    LabelFile labels = read(Labels.golden("openimages"), known("a.jpg", "lot/a.jpg"));
    assertThat(labels.classes()).isEqualTo(CLASSES);
    assertThat(labels.images()).extracting(ImageLabels::path).containsExactly("a.jpg", "lot/a.jpg");
    List<BoxLabel> boxes = labels.images().get(0).boxes();
    assertThat(boxes).extracting(BoxLabel::score).containsExactly(0.62, null);
    assertThat(boxes).extracting(BoxLabel::ignore).containsExactly(false, true);
    assertThat(boxes.get(1).box()).isEqualTo(Box.ofCorners(150, 50, 200, 62.5));
    assertThat(labels.images().get(1).boxes()).isEmpty();
  }

  @Test
  void readsTheFilesOfAPartUnderTheirNames() throws Exception {
    write("oidv6-train-annotations-bbox.csv", HEAD + ROW);
    write("oidv7-class-descriptions-boxable.csv", "/m/0k4j,Car\n/m/01bjv,Bus\n");
    write("train-images-boxable.csv", "ImageID,Subset\nb,train\n");
    LabelFile labels = read(folder, known("a.PNG", "b.jpg"));
    assertThat(labels.classes().names()).containsExactly("Car", "Bus");
    assertThat(labels.images()).extracting(ImageLabels::path).containsExactly("b.jpg", "a.PNG");
    assertThat(labels.images().get(1).boxes())
        .containsExactly(BoxLabel.of(Box.ofCorners(25, 25, 100, 75), 0));
  }

  @Test
  void takesLabelNamesForClassesWhereNoneAreDescribed() throws Exception {
    write("annotations-bbox.csv", HEAD + ROW);
    assertThat(read(folder, known("a.jpg")).classes().names()).containsExactly("/m/0k4j");
  }

  @Test
  void looksForImagesInItsOwnFolderWhereNoneAreGiven() throws Exception {
    write("annotations-bbox.csv", HEAD + ROW);
    assertThatThrownBy(() -> new OpenImagesImporter().read(folder, ImportChecks.ANY))
        .hasMessageContaining("image 'a.jpg' is not in " + folder.resolve("images"));
    Files.createDirectory(folder.resolve("images"));
    Files.copy(
        Shared.path("datasets/vehicles-openimages/images/0013d97a44c586c0.jpg"),
        folder.resolve("images/a.jpg"));
    assertThat(new OpenImagesImporter().read(folder, ImportChecks.ANY).images())
        .containsExactly(
            new ImageLabels(
                "a.jpg", 416, 416, List.of(BoxLabel.of(Box.ofCorners(52, 104, 208, 312), 0))));
  }

  @Test
  void refusesToWriteOneIdForTwoImages() {
    Iterator<ImageLabels> images =
        List.of(
                new ImageLabels("lot/a.jpg", 10, 10, List.of()),
                new ImageLabels("lot/a.png", 10, 10, List.of()))
            .iterator();
    assertThatThrownBy(() -> new OpenImagesExporter().export(CLASSES, images, folder))
        .hasMessage(
            "images 'lot/a.jpg' and 'lot/a.png' share one ImageID, lot/a: rename one of them");
  }

  @Test
  void neverTakesAnImageByItsNameAlone() throws Exception {
    write("annotations-bbox.csv", HEAD + ROW);
    assertThatThrownBy(() -> read(folder, known("lot/a.jpg")))
        .hasMessageContaining("annotations-bbox.csv line 2: image 'a.jpg' is not in the image fol")
        .hasMessageContaining("did you mean 'lot/a.jpg'?");
    assertThatThrownBy(() -> read(folder, known("a.jpg", "a.png")))
        .hasMessageContaining("ImageID 'a' may be any of [a.jpg, a.png]: rename all but one");
  }

  @Test
  void namesEachFaultOfBoxes() throws Exception {
    write(
        "annotations-bbox.csv",
        HEAD
            + ROW.replace("0.5", "1.5")
            + ROW.replace("0.5", "0.125")
            + ROW.replace("0.5", "NaN")
            + ROW.replace(",1,0.1", ",1.5,0.1")
            + ROW.replace("1,0,0,0", "1,2,0,0")
            + ROW.replace("/m/0k4j", "/m/none")
            + ROW.replace("/m/0k4j", "")
            + ROW.replace("a,x", ",x")
            + "a,xclick\r\n"
            + ROW.replace("a,x", "b,x"));
    write("class-descriptions-boxable.csv", "/m/0k4j,Car\n/m/0k4j,Bus\n");
    write("images-boxable.csv", "ImageID\na\na\n");
    String at = "annotations-bbox.csv line ";
    assertThatThrownBy(() -> read(folder, known("a.jpg")))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(folder + " has 12 faults:")
        .hasMessageContaining(at + "2: box [25.0, 25.0, 275.0, 50.0] lies outside image 'a.jpg'")
        .hasMessageContaining(at + "3: box [25.0, 25.0, 0.0, 50.0] has no area")
        .hasMessageContaining(at + "4: XMax 'NaN' is at fault: write a number")
        .hasMessageContaining(at + "5: Confidence '1.5' is at fault: write a number from 0 to 1")
        .hasMessageContaining(at + "6: IsGroupOf '2' is at fault: write 1 for a group")
        .hasMessageContaining(at + "7: LabelName '/m/none' is at fault: name it in class-desc")
        .hasMessageContaining(at + "8: LabelName '' is at fault: write a text")
        .hasMessageContaining(at + "9: ImageID '' is at fault: write a text")
        .hasMessageContaining(at + "10: has 2 fields, not 13: write [ImageID, Source,")
        .hasMessageContaining(at + "11: image 'b.jpg' is not in the image folder")
        .hasMessageContaining("class-descriptions-boxable.csv line 2: LabelName '/m/0k4j' is at f")
        .hasMessageContaining(
            "images-boxable.csv line 3: ImageID 'a' is at fault: is listed twice");
  }

  @Test
  void namesEachFaultOfFiles() throws Exception {
    assertThatThrownBy(() -> read(folder, known()))
        .hasMessage(folder + ": holds no annotations-bbox.csv: give the folder that holds it");
    write("train-annotations-bbox.csv", HEAD.replace("XMin", "Left") + ROW);
    assertThatThrownBy(() -> read(folder, known("a.jpg")))
        .hasMessageContaining("train-annotations-bbox.csv line 1: the head [ImageID, Source, ")
        .hasMessageContaining("has not all of [ImageID, LabelName, Confidence, XMin, ");
    write("train-annotations-bbox.csv", HEAD.replace("Source", "ImageID") + ROW);
    assertThatThrownBy(() -> read(folder, known("a.jpg"))).hasMessageContaining("a column twice");
    write("train-annotations-bbox.csv", HEAD + ROW.replace("xclick", "\"xclick"));
    assertThatThrownBy(() -> read(folder, known("a.jpg")))
        .hasMessageContaining("train-annotations-bbox.csv line 2: a quote (\") is not closed");
    Files.write(folder.resolve("train-annotations-bbox.csv"), new byte[] {(byte) 0xff, 'a'});
    assertThatThrownBy(() -> read(folder, known("a.jpg")))
        .hasMessageContaining("train-annotations-bbox.csv is no text in UTF-8: write it anew");
    write("test-annotations-bbox.csv", HEAD);
    assertThatThrownBy(() -> read(folder, known("a.jpg")))
        .hasMessageContaining("several files of one kind, [test-annotations-bbox.csv, train-");
  }

  @Test
  void readsAByteOrderMarkAndFieldsOverSeveralLines() throws Exception {
    write("annotations-bbox.csv", "\uFEFF" + HEAD + ROW.replace("/m/0k4j", "\"big\n\"\"car\"\"\""));
    assertThat(read(folder, known("a.jpg")).classes().names()).containsExactly("big\n\"car\"");
  }

  private static LabelFile read(Path source, KnownImages images) {
    return new OpenImagesImporter().read(source, new ImportChecks(images, null));
  }

  private static KnownImages known(String... paths) {
    Map<String, ImageSize> sizes = new HashMap<>();
    Arrays.stream(paths).forEach(path -> sizes.put(path, new ImageSize(200, 100)));
    return KnownImages.of(sizes, Map.of());
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }
}
