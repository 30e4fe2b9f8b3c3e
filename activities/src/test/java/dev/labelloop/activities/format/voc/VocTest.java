package dev.labelloop.activities.format.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocTest {
  private static final String BOX = "<xmin>10</xmin><ymin>20</ymin><xmax>40</xmax><ymax>60</ymax>";
  private static final String OBJECT =
      "<object><name>car</name><bndbox>" + BOX + "</bndbox></object>";
  private static final String SIZE = "<size><width>100</width><height>80</height></size>";

  @TempDir Path folder;

  @Test
  void writesTheGoldenFolder() throws Exception {
    List<ImageLabels> images =
        List.of(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.scored(Labels.BOX, 0, 0.62),
                    new BoxLabel(new Box(1900, 1000, 40, 60), 1, null, true))), // 20 stick out
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
    VocExporter.fromZero().export(Labels.CLASSES, images.iterator(), folder);
    for (String file : List.of("labelmap.txt", "Annotations/a.xml", "Annotations/lot/b.xml")) {
      assertThat(folder.resolve(file))
          .hasContent(Files.readString(Labels.golden("voc").resolve(file)));
    }
  }

  @Test
  void readsTheGoldenFolder() throws Exception {
    LabelFile labels = VocImporter.fromZero().read(Labels.golden("voc"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("car", "truck")));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.of(Box.ofCorners(192, 216, 489.6, 305.1), 0),
                    new BoxLabel(new Box(1900, 1000, 20, 60), 1, null, true))),
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
  }

  @Test
  void countsFromOneOnlyWhereToldSo() throws Exception {
    write("a.xml", annotation("a.jpg", SIZE + OBJECT));
    assertThat(boxes(VocImporter.fromZero())).containsExactly(new Box(10, 20, 30, 40));
    // the pixels 10 to 40 of a row that begins with pixel 1: edges 9 and 40
    assertThat(boxes(VocImporter.fromOne())).containsExactly(new Box(9, 19, 31, 41));
    Path target = folder.resolve("out");
    ImageLabels whole =
        new ImageLabels("a.jpg", 100, 80, List.of(BoxLabel.of(new Box(0, 0, 100, 80), 0)));
    VocExporter.fromOne().export(Labels.CLASSES, List.of(whole).iterator(), target);
    assertThat(target.resolve("Annotations/a.xml"))
        .content()
        .containsSubsequence(
            "<xmin>1</xmin>", "<ymin>1</ymin>", "<xmax>100</xmax>", "<ymax>80</ymax>");
  }

  @Test
  void readsWhatOtherToolsWrite() throws Exception {
    write(
        "lot/a.xml",
        """
        <!-- made by hand -->
        <annotation verified="yes">
          <folder>elsewhere</folder>
          <object>
            <part><name>wheel</name><bndbox><xmin>x</xmin></bndbox></part>
            <bndbox><ymax>60</ymax><xmax>4e1</xmax><ymin> 20 </ymin><xmin>10.00</xmin></bndbox>
            <pose>Left</pose><name><![CDATA[a & b]]></name>
          </object>
          <filename>a.jpg</filename>
          <size><depth>1</depth><height>80</height><width>100.0</width></size>
        </annotation>
        """);
    write("labelmap.txt", "background:0,0,0::\nroad: side:0,1,2:x:y\n\n");
    LabelFile labels = VocImporter.fromZero().read(folder, ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("road: side", "a & b")));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "lot/a.jpg", 100, 80, List.of(BoxLabel.of(new Box(10, 20, 30, 40), 1))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void takesSizesOfTheUprightImageAlone(int orientation) throws Exception {
    boolean turned = orientation >= 5;
    Files.write(
        folder.resolve("a.jpg"),
        Pictures.withExif(
            Pictures.jpeg(Pictures.corners(64, 32)),
            Pictures.tiff(orientation, ByteOrder.BIG_ENDIAN)));
    ImportChecks checks = new ImportChecks(KnownImages.in(folder, new ImageDecoder()), null);
    String size = "<size><width>%d</width><height>%d</height></size>";
    write("a.xml", annotation("a.jpg", turned ? size.formatted(32, 64) : size.formatted(64, 32)));
    assertThat(VocImporter.fromZero().read(folder, checks).images()).hasSize(1);
    write("a.xml", annotation("a.jpg", turned ? size.formatted(64, 32) : size.formatted(32, 64)));
    assertThatThrownBy(() -> VocImporter.fromZero().read(folder, checks))
        .hasMessageContaining("a.xml: filename 'a.jpg' is said to have ")
        .hasMessageContaining("pixels, but stands upright with ");
  }

  @Test
  void namesEachFault() throws Exception {
    write("a.xml", annotation("a.jpg", SIZE + OBJECT.replace("40", "forty")));
    write("b.xml", annotation("b.jpg", SIZE + "\n" + OBJECT.replace("<ymin>20</ymin>", "")));
    write("c.xml", annotation("c.jpg", SIZE + OBJECT.replace("40", "102")));
    write("d.xml", annotation("d.jpg", SIZE + OBJECT.replace("40", "10")));
    write("e.xml", annotation("e.jpg", SIZE + "<object><name>car</name></object>"));
    write("f.xml", annotation("f.jpg", SIZE + OBJECT.replace("car", " ")));
    write("g.xml", annotation("", SIZE));
    write("h.xml", annotation("a.jpg", SIZE));
    write("i.xml", annotation("i.jpg", ""));
    write("j.xml", annotation("j.jpg", SIZE.replace("80", "0")));
    write("k.xml", annotation("k.jpg", SIZE.replace("80", "8.5")));
    write("l.xml", annotation("../../l.jpg", SIZE));
    write("m.xml", "<svg/>");
    write("n.xml", "<annotation>");
    write("o.xml", annotation("o.jpg", SIZE + OBJECT.replace("40", "NaN")));
    write("p.xml", annotation("p.jpg", SIZE + OBJECT.replace("40", "1e999")));
    write("labelmap.txt", "car\n");
    assertThatThrownBy(() -> VocImporter.fromZero().read(folder, ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining("a.xml line 1: <xmax> is 'forty': write a number")
        .hasMessageContaining("b.xml line 2: <bndbox> has no <ymin>: add it")
        .hasMessageContaining(
            "c.xml line 1: box [10.0, 20.0, 92.0, 40.0] lies outside image 'c.jpg'")
        .hasMessageContaining("d.xml line 1: box [10.0, 20.0, 0.0, 40.0] has no area")
        .hasMessageContaining("e.xml line 1: <object> has no <bndbox>: add it")
        .hasMessageContaining("f.xml line 1: <object> has no <name>")
        .hasMessageContaining("g.xml: <filename> is missing")
        .hasMessageContaining("h.xml: another image has the filename 'a.jpg'")
        .hasMessageContaining("i.xml: filename 'i.jpg' has no width and height: add them")
        .hasMessageContaining("j.xml: filename 'j.jpg' has no usable size: 100 x 0")
        .hasMessageContaining("k.xml line 1: <height> is '8.5': write a whole number")
        .hasMessageContaining("l.xml: filename '../../l.jpg' leads out of the image folder")
        .hasMessageContaining("m.xml line 1: <svg> should be <annotation>")
        .hasMessageContaining("n.xml is no XML that is read here, or cut off, at line 1")
        .hasMessageContaining("o.xml line 1: <xmax> is 'NaN': write a number")
        .hasMessageContaining("p.xml line 1: box [10.0, 20.0, Infinity, 40.0] is not finite")
        .hasMessageContaining("labelmap.txt: 'car' is no 'name:colour:parts:actions'");
  }

  @Test
  void refusesToWriteWhatCannotBeReadBack() {
    ImageLabels jpg = new ImageLabels("a.jpg", 10, 10, List.of());
    assertNotWritten("car", List.of(jpg, new ImageLabels("a.png", 10, 10, List.of())), "share one");
    assertNotWritten("car", List.of(new ImageLabels("../a.jpg", 10, 10, List.of())), "leads out");
    assertNotWritten("#car", List.of(jpg), "class '#car' cannot stand in a line");
    assertNotWritten("c\nar", List.of(jpg), "cannot stand in a line");
    ImageLabels bell = new ImageLabels("a\u0007.jpg", 10, 10, List.of());
    assertNotWritten("car", List.of(bell), "holds the character U+0007, which XML cannot hold");
    assertThat(folder).isEmptyDirectory();
  }

  private void assertNotWritten(String className, List<ImageLabels> images, String problem) {
    ClassTable classes = ClassTable.of(List.of(className));
    assertThatThrownBy(() -> VocExporter.fromZero().export(classes, images.iterator(), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private List<Box> boxes(VocImporter importer) {
    return importer.read(folder, ImportChecks.ANY).images().get(0).boxes().stream()
        .map(BoxLabel::box)
        .toList();
  }

  private static String annotation(String filename, String rest) {
    return "<annotation><filename>" + filename + "</filename>" + rest + "</annotation>";
  }

  private void write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
