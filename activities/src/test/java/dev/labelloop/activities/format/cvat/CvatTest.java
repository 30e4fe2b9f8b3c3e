package dev.labelloop.activities.format.cvat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

class CvatTest {
  private static final String BOX = "<box label='car' xtl='10' ytl='20' xbr='40' ybr='60'/>";

  @TempDir Path folder;

  @Test
  void writesTheGoldenFile() throws Exception {
    Path target = folder.resolve("annotations.xml");
    new CvatExporter().export(Labels.CLASSES, Labels.TWO_IMAGES.iterator(), target);
    assertThat(target).hasContent(Files.readString(Labels.golden("cvat.xml")));
  }

  @Test
  void readsTheGoldenFile() throws Exception {
    LabelFile labels = new CvatImporter().read(Labels.golden("cvat.xml"), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("car", "truck")));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.scored(Box.ofCorners(192, 216, 489.6, 305.1), 0, 0.62),
                    BoxLabel.of(new Box(1900, 1000, 20, 60), 1))),
            new ImageLabels("lot/b.jpg", 640, 480, List.of()));
  }

  @Test
  void readsWhatCvatItselfWrites() throws Exception {
    write(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <annotations>
          <version>1.1</version>
          <meta>
            <project>
              <id>3</id>
              <labels>
                <label><name>bus</name><color>#fa3253</color><attributes>
                  <attribute><name>al_id</name><input_type>text</input_type></attribute>
                </attributes></label>
                <label><name>car</name></label>
              </labels>
              <tasks><task><name>r7</name></task></tasks>
            </project>
            <dumped>2026-11-24 08:00:00.000000+00:00</dumped>
          </meta>
          <image id="0" name="lot/a.jpg" subset="train" task_id="15" width="100" height="80">
            <tag label="bus" source="manual"/>
            <box label="car" source="manual" occluded="0" xtl="10.00" ytl="20.00" xbr="40.00" ybr="60.00" z_order="0">
              <attribute name="al_id">b1</attribute>
            </box>
          </image>
        </annotations>
        """);
    LabelFile labels = new CvatImporter().read(file(), ImportChecks.ANY);
    assertThat(labels.classes()).isEqualTo(ClassTable.of(List.of("bus", "car")));
    assertThat(labels.images())
        .containsExactly(
            new ImageLabels(
                "lot/a.jpg", 100, 80, List.of(BoxLabel.of(new Box(10, 20, 30, 40), 1))));
  }

  @Test
  void readsATurnedBoxAsTheUprightOneAroundIt() throws Exception {
    // 30 x 40 about (25, 40): turned by 90 degrees it is 40 x 30
    assertBox(around(readTurned(90)), 5, 25, 45, 55);
    // by 45 degrees both sides are (30 + 40) / sqrt 2 = 49.497; 0.251 of it stick out on the left
    assertBox(around(readTurned(45)), 0.2513, 15.2513, 49.7487, 64.7487);
    write(image(BOX.replace("/>", " rotation='45'/>").replace("10", "0").replace("40", "10")));
    // 10 x 40 about (5, 40): 35.355 wide, from -12.678, which the image's edge cuts
    assertBox(around(file()), 0, 22.3223, 22.6777, 57.6777);
  }

  private Path readTurned(int degrees) throws Exception {
    write(image(BOX.replace("/>", " rotation='" + degrees + ".00'/>")));
    return file();
  }

  private static Box around(Path file) {
    return new CvatImporter().read(file, ImportChecks.ANY).images().get(0).boxes().get(0).box();
  }

  private static void assertBox(Box box, double left, double top, double right, double bottom) {
    assertThat(box.x()).isCloseTo(left, within(1e-4));
    assertThat(box.y()).isCloseTo(top, within(1e-4));
    assertThat(box.right()).isCloseTo(right, within(1e-4));
    assertThat(box.bottom()).isCloseTo(bottom, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void takesSizesOfTheUprightImageAlone(int orientation) throws Exception {
    Files.write(
        folder.resolve("a.jpg"),
        Pictures.withExif(
            Pictures.jpeg(Pictures.corners(64, 32)),
            Pictures.tiff(orientation, ByteOrder.BIG_ENDIAN)));
    ImportChecks checks = new ImportChecks(KnownImages.in(folder, new ImageDecoder()), null);
    String upright = orientation >= 5 ? "width='32' height='64'" : "width='64' height='32'";
    write("<annotations><image name='a.jpg' " + upright + "/></annotations>");
    assertThat(new CvatImporter().read(file(), checks).images()).hasSize(1);
    String other = orientation >= 5 ? "width='64' height='32'" : "width='32' height='64'";
    write("<annotations><image name='a.jpg' " + other + "/></annotations>");
    assertThatThrownBy(() -> new CvatImporter().read(file(), checks))
        .hasMessageContaining("line 1: image 'a.jpg' is said to have ");
  }

  @Test
  void namesEachFault() throws Exception {
    write(
        "<annotations>\n<image width='100' height='80'/>\n"
            + "<image name='b.jpg' width='wide' height='80'/>\n"
            + "<image name='../c.jpg' width='100' height='80'/>\n"
            + "<image name='a.jpg' width='100' height='80'>\n"
            + BOX.replace("40", "103")
            + "\n"
            + BOX.replace("40", "10")
            + "\n"
            + BOX.replace("'40'", "'4O'")
            + "\n"
            + BOX.replace("xbr='40' ", "")
            + "\n"
            + BOX.replace("label='car' ", "")
            + "\n"
            + "<polygon label='car' points='1,1;2,2;3,1'/>\n"
            + BOX.replace("/>", "><attribute name='score'>62</attribute></box>")
            + "\n"
            + BOX.replace("/>", " rotation='left'/>")
            + "\n</image>\n<track id='0' label='car'/>\n"
            + "<image name='a.jpg' width='100' height='80'/></annotations>");
    assertThatThrownBy(() -> new CvatImporter().read(file(), ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageStartingWith(file() + " has ")
        .hasMessageContaining("line 2: <image> has no name")
        .hasMessageContaining("line 3: width is 'wide': write a whole number")
        .hasMessageContaining("line 4: image '../c.jpg' leads out of the image folder")
        .hasMessageContaining("line 6: box [10.0, 20.0, 93.0, 40.0] lies outside image 'a.jpg'")
        .hasMessageContaining("line 7: box [10.0, 20.0, 0.0, 40.0] has no area")
        .hasMessageContaining("line 8: xbr is '4O': write a number")
        .hasMessageContaining("line 9: xbr is missing: write a number")
        .hasMessageContaining("line 10: <box> has no label")
        .hasMessageContaining("line 11: <polygon> on image 'a.jpg' is no box: draw a rectangle")
        .hasMessageContaining("line 12: score '62' must lie in [0, 1]")
        .hasMessageContaining("line 13: rotation is 'left': write a number")
        .hasMessageContaining("line 15: <track> is of a video: export the task as")
        .hasMessageContaining("line 16: another image has the image 'a.jpg': join them");
  }

  @Test
  void refusesADocumentTypeDeclaration() throws Exception {
    write("<!DOCTYPE annotations [<!ENTITY x 'car'>]><annotations/>");
    assertThatThrownBy(() -> new CvatImporter().read(file(), ImportChecks.ANY))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining("document type declaration (<!DOCTYPE>): take it out");
  }

  private static String image(String shapes) {
    return "<annotations><image name='a.jpg' width='100' height='80'>"
        + shapes
        + "</image></annotations>";
  }

  private Path file() {
    return folder.resolve("annotations.xml");
  }

  private void write(String text) throws Exception {
    Files.writeString(file(), text);
  }
}
