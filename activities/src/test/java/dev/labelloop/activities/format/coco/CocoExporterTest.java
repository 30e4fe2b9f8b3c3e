package dev.labelloop.activities.format.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Labels;
import dev.labelloop.core.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoExporterTest {
  private static final List<ImageLabels> DETECTIONS =
      List.of(
          new ImageLabels(
              "a.jpg",
              1920,
              1080,
              List.of(
                  BoxLabel.scored(Labels.BOX, 0, 0.62),
                  BoxLabel.scored(new Box(1900, 1000, 40, 60), 1, 0.3))),
          new ImageLabels("lot/b.jpg", 640, 480, List.of()));

  @TempDir Path folder;

  @Test
  void writesTheGoldenFile() throws Exception {
    Path target = folder.resolve("new/out.json");
    new CocoExporter()
        .export(
            Labels.CLASSES,
            List.of(
                    new ImageLabels(
                        "a.jpg",
                        1920,
                        1080,
                        List.of(
                            BoxLabel.of(Labels.BOX, 0),
                            new BoxLabel(new Box(0, 0, 100.5, 50.25), 1, null, true))),
                    new ImageLabels("lot/b.jpg", 640, 480, List.of()))
                .iterator(),
            target);
    assertThat(target).hasContent(Files.readString(Labels.golden("coco.json")));
    assertThat(Files.readString(target)).endsWith("}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vehicles-openimages", "bccd", "aerial-cars"})
  void bringsRealLabelsBackUnchanged(String dataset) {
    LabelFile labels = Labels.real(dataset);
    Path target = folder.resolve("out.json");
    new CocoExporter().export(labels.classes(), labels.images().iterator(), target);
    assertThat(new CocoImporter().read(target, ImportChecks.ANY)).isEqualTo(labels);
  }

  @Test
  void keepsScoresAndMovesIdsOffZero() {
    ClassTable fromZero =
        new ClassTable(List.of(new ClassTable.Entry(0, "car"), new ClassTable.Entry(4, "bus")));
    Path target = folder.resolve("out.json");
    new CocoExporter().export(fromZero, DETECTIONS.iterator(), target);
    LabelFile back = new CocoImporter().read(target, new ImportChecks(null, null));
    assertThat(back.classes().entries()).extracting(ClassTable.Entry::id).containsExactly(1, 5);
    assertThat(back.images().get(0).boxes().get(0)).isEqualTo(BoxLabel.scored(Labels.BOX, 0, 0.62));
  }

  @Test
  void writesTheGoldenResults() throws Exception {
    Path target = folder.resolve("out.json");
    new CocoResultsExporter().export(Labels.CLASSES, DETECTIONS.iterator(), target);
    assertThat(target).hasContent(Files.readString(Labels.golden("coco-results.json")));
  }

  @Test
  void numbersResultsAsATruthFileDoes() throws Exception {
    Path truth = folder.resolve("truth.json");
    Files.writeString(
        truth,
        """
        {"images":[{"id":77,"file_name":"a.jpg"},{"id":78,"file_name":"b.jpg"}],
         "categories":[{"id":5,"name":"truck"},{"id":6,"name":"car"}],"annotations":[]}
        """);
    Path target = folder.resolve("out.json");
    CocoNumbering numbering = CocoNumbering.of(truth);
    new CocoResultsExporter(numbering).export(Labels.CLASSES, DETECTIONS.iterator(), target);
    assertThat(target)
        .content()
        .contains("\"image_id\":77,\"category_id\":6,")
        .contains("\"image_id\":77,\"category_id\":5,");

    Iterator<ImageLabels> stranger =
        List.of(
                new ImageLabels(
                    "c.jpg", 9, 9, List.of(BoxLabel.scored(new Box(1, 1, 2, 2), 0, 0.5))))
            .iterator();
    assertThatThrownBy(
            () -> new CocoResultsExporter(numbering).export(Labels.CLASSES, stranger, target))
        .hasMessageContaining("truth.json has no image 'c.jpg'");
  }

  @Test
  void writesTruthAndResultsThatTheEvaluationReads() throws Exception {
    LabelFile labels = Labels.real("vehicles-openimages");
    List<ImageLabels> detections =
        labels.images().stream()
            .map(
                image ->
                    new ImageLabels(
                        image.path(),
                        image.width(),
                        image.height(),
                        image.boxes().stream()
                            .map(label -> BoxLabel.scored(label.box(), label.classIndex(), 0.9))
                            .toList()))
            .toList();
    Path truth = folder.resolve("truth.json");
    Path results = folder.resolve("results.json");
    new CocoExporter().export(labels.classes(), labels.images().iterator(), truth);
    new CocoResultsExporter().export(labels.classes(), detections.iterator(), results);
    double map = CocoEvaluation.evaluate(truth, results).stats()[0];
    assertThat(map).isCloseTo(1, within(1e-9)); // every box finds itself
  }

  @Test
  void leavesTheOldFileWhereItIsWhenTheImagesFail() throws Exception {
    Path target = folder.resolve("out.json");
    Files.writeString(target, "old");
    Iterator<ImageLabels> failing =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public ImageLabels next() {
            throw new IllegalStateException("the database is gone");
          }
        };
    assertThatThrownBy(() -> new CocoExporter().export(Labels.CLASSES, failing, target))
        .hasMessage("the database is gone");
    assertThat(target).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }
}
