package dev.labelloop.activities.format.sagemaker;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SageMakerTest {
  private static final String BOX = "{'class_id':4,'left':10,'top':20,'width':30,'height':40}";

  @TempDir Path folder;

  @Test
  void writesTheGoldenFile() throws Exception {
    Path file = folder.resolve("labels.manifest");
    new SageMakerExporter().export(Labels.CLASSES, Labels.TWO_IMAGES.iterator(), file);
    assertThat(file).hasSameTextualContentAs(Labels.golden("sagemaker.manifest"));
  }

  @Test
  void readsTheGoldenFileWithItsIds() throws Exception {
    LabelFile labels =
        new SageMakerImporter().read(Labels.golden("sagemaker.manifest"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(Labels.CLASSES);
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.scored(Labels.BOX, 0, 0.62),
                    BoxLabel.of(new Box(1900, 1000, 20, 60), 1))),
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
  }

  @Test
  void takesNoConfidenceOfPeopleForAScore() throws Exception {
    Path file = write(line("a.jpg", BOX).replace("'no'", "'yes'"));
    assertThat(read(file).images().get(0).boxes())
        .containsExactly(BoxLabel.of(new Box(10, 20, 30, 40), 0));
  }

  @Test
  void gathersClassesFromAllLines() throws Exception {
    Path file =
        write(
            line("a.jpg", BOX),
            line("b.jpg", BOX.replace("4,", "2,")).replace("'4':'car'", "'2':'bus'"));
    assertThat(read(file).classes().entries())
        .containsExactly(new ClassTable.Entry(4, "car"), new ClassTable.Entry(2, "bus"));
  }

  @Test
  void readsTheNewestOfSeveralAndLeavesOutWhatNobodyLabelled() throws Exception {
    String adjusted =
        line("a.jpg", BOX.replace("10", "11"))
            .replace("'X", "'adjusted")
            .replace("2026-11-24", "2026-11-25")
            .replace("'source-ref':'a.jpg',", "");
    String both = "{" + inner(adjusted) + "," + inner(line("a.jpg", BOX)) + "}";
    String failed =
        "{'source-ref':'b.jpg','X-metadata':{'failure-reason':'no answer','type':'other'}}";
    String plain = "{'source-ref':'c.jpg','kind':0,'kind-metadata':{'type':'groundtruth/image'}}";
    List<ImageLabels> images = read(write(both, failed, plain)).images();
    assertThat(images).extracting(ImageLabels::path).containsExactly("a.jpg");
    assertThat(images.get(0).boxes().get(0).box()).isEqualTo(new Box(11, 20, 30, 40));
  }

  @Test
  void findsTheImageFolderInTheBucket() throws Exception {
    Path file = write(line("s3://b/set/1/lot/a.jpg", BOX), line("s3://b/set/1/a.jpg", BOX));
    assertThat(read(file).images())
        .extracting(ImageLabels::path)
        .containsExactly("set/1/lot/a.jpg", "set/1/a.jpg");
    assertThat(read(file, known("lot/a.jpg", "a.jpg")).images())
        .extracting(ImageLabels::path)
        .containsExactly("lot/a.jpg", "a.jpg");
    assertThat(read(file, known("1/lot/a.jpg", "1/a.jpg", "lot/a.jpg")).images())
        .extracting(ImageLabels::path)
        .containsExactly("1/lot/a.jpg", "1/a.jpg");
  }

  /** "1/a.jpg" and "a.jpg" never become one image, as they would by their names. */
  @Test
  void cutsTheSameFoldersFromEveryAddress() throws Exception {
    Path file = write(line("s3://b/1/a.jpg", BOX), line("s3://b/2/a.jpg", BOX));
    assertThatThrownBy(() -> read(file, known("a.jpg", "1/b.jpg")))
        .hasMessageContaining("line 1: source-ref '1/a.jpg' is not in the image folder")
        .hasMessageContaining("line 2: source-ref '2/a.jpg' is not in the image folder");
  }

  @Test
  void namesEachFaultOfBoxes() throws Exception {
    Path file =
        write(
            line("a.jpg", BOX.replace("30", "102")),
            line("b.jpg", BOX.replace("30", "0")),
            line("c.jpg", BOX.replace("10", "'10'")),
            line("d.jpg", BOX.replace("4,", "5,")),
            line("e.jpg", BOX).replace("0.62", "1.5"),
            line("f.jpg", BOX).replace("{'confidence':0.62}", ""),
            line("g.jpg", BOX).replace("'4':'car'", "'4':'bus'"),
            line("h.jpg", BOX).replace("'4':'car'", "'6':'car'"),
            line("i.jpg", BOX).replace("'4':'car'", "'-1':'bus'"),
            line("j.jpg", BOX).replace("'class-map'", "'classes'"));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(file + " has ")
        .hasMessageContaining("line 1: X.annotations[0]: box [10.0, 20.0, 102.0, 40.0] lies outsi")
        .hasMessageContaining("line 2: X.annotations[0]: box [10.0, 20.0, 0.0, 40.0] has no area")
        .hasMessageContaining("line 3: X.annotations[0]: left is \"10\": write a number")
        .hasMessageContaining(
            "line 4: X.annotations[0]: class_id 5 is not in the class-map {4=car}")
        .hasMessageContaining("line 5: X-metadata.objects[0]: confidence is 1.5: write a number f")
        .hasMessageContaining("line 6: X-metadata: 0 objects stand beside 1 annotations: write one")
        .hasMessageContaining("line 7: X-metadata.class-map: class 4 'bus' is 4 'car' above: give")
        .hasMessageContaining("line 8: X-metadata.class-map: class 6 'car' is 4 'car' above: give")
        .hasMessageContaining("line 9: X-metadata.class-map: id '-1' must be a whole number in [0,")
        .hasMessageContaining("line 10: X-metadata: has no class-map: write");
  }

  @Test
  void namesEachFaultOfLines() throws Exception {
    Path file =
        write(
            line("a.jpg", BOX).replace("'annotations'", "'boxes'"),
            line("https://host/b.jpg", BOX),
            line("c.jpg", BOX).replace("'X-metadata'", "'Y-metadata'"),
            line("d.jpg", BOX).replace("'source-ref':'d.jpg',", ""),
            "[]",
            line("../f.jpg", BOX),
            line("g.jpg", BOX).replace("'width':100", "'width':'wide'"),
            line("h.jpg", BOX),
            line("h.jpg", BOX),
            line("s3://bucket", BOX));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining("line 1: X: has no list 'annotations': write [] for no objects")
        .hasMessageContaining("line 2: source-ref 'https://host/b.jpg' tells no path: write s3:")
        .hasMessageContaining("line 3: 'X' has no 'X-metadata': add it")
        .hasMessageContaining("line 4: source-ref is missing: write a text")
        .hasMessageContaining("line 5: is a list, no object: write one object a line")
        .hasMessageContaining("line 6: source-ref '../f.jpg' leads out of the image folder")
        .hasMessageContaining("line 7: X.image_size[0]: width is \"wide\": write a whole number")
        .hasMessageContaining("line 9: another image has the source-ref 'h.jpg': join them")
        .hasMessageContaining("line 10: source-ref 's3://bucket' tells no path: write s3:");
  }

  @Test
  void refusesBoxesBetweenWhichItCannotChoose() throws Exception {
    String other =
        inner(line("a.jpg", BOX)).replace("'source-ref':'a.jpg',", "").replace("'X", "'Y");
    Path file = write("{" + inner(line("a.jpg", BOX)) + "," + other + "}");
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            file
                + ": line 1: 'X' and 'Y' are boxes of the same creation-date: take one of them out");
  }

  @Test
  void namesTheLineThatIsNoJsonAndAFileWithoutBoxes() throws Exception {
    Path cut = write(line("a.jpg", BOX), "{'source-ref': ");
    assertThatThrownBy(() -> read(cut)).hasMessageContaining("no JSON, or cut off, at line 2");
    Path bare = write("{'source-ref':'a.jpg'}");
    assertThatThrownBy(() -> read(bare))
        .hasMessage(bare + ": holds no boxes: give the output.manifest of a bounding box job");
  }

  @Test
  void countsNamesAloneWhereClassesAreGiven() throws Exception {
    Path file = write(line("a.jpg", BOX), line("b.jpg", BOX).replace("'4':'car'", "'4':'bus'"));
    ImportChecks checks = new ImportChecks(null, List.of("bus", "car"));
    assertThat(new SageMakerImporter().read(file, checks).images())
        .extracting(image -> image.boxes().get(0).classIndex())
        .containsExactly(1, 0);
  }

  private static LabelFile read(Path file) {
    return read(file, null);
  }

  private static LabelFile read(Path file, KnownImages images) {
    return new SageMakerImporter().read(file, new ImportChecks(images, null));
  }

  private static KnownImages known(String... paths) {
    Map<String, ImageSize> sizes = new HashMap<>();
    Arrays.stream(paths).forEach(path -> sizes.put(path, new ImageSize(100, 80)));
    return KnownImages.of(sizes, Map.of());
  }

  private static String line(String address, String box) {
    return "{'source-ref':'"
        + address
        + "','X':{'image_size':[{'width':100,'height':80,'depth':3}],'annotations':["
        + box
        + "]},'X-metadata':{'objects':[{'confidence':0.62}],'class-map':{'4':'car'},"
        + "'type':'groundtruth/object-detection','human-annotated':'no',"
        + "'creation-date':'2026-11-24T08:00:00'}}";
  }

  private static String inner(String line) {
    return line.substring(1, line.length() - 1);
  }

  private Path write(String... lines) throws Exception {
    Path file = Files.createTempFile(folder, "labels", ".manifest");
    return Files.writeString(file, String.join("\n", lines).replace('\'', '"'));
  }
}
