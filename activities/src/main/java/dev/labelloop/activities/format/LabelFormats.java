package dev.labelloop.activities.format;

import dev.labelloop.activities.format.coco.CocoExporter;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.activities.format.coco.CocoResultsExporter;
import dev.labelloop.activities.format.cvat.CvatExporter;
import dev.labelloop.activities.format.cvat.CvatImporter;
import dev.labelloop.activities.format.labelme.LabelMeExporter;
import dev.labelloop.activities.format.labelme.LabelMeImporter;
import dev.labelloop.activities.format.labelstudio.LabelStudioExporter;
import dev.labelloop.activities.format.labelstudio.LabelStudioImporter;
import dev.labelloop.activities.format.openimages.OpenImagesExporter;
import dev.labelloop.activities.format.openimages.OpenImagesImporter;
import dev.labelloop.activities.format.sagemaker.SageMakerExporter;
import dev.labelloop.activities.format.sagemaker.SageMakerImporter;
import dev.labelloop.activities.format.voc.VocExporter;
import dev.labelloop.activities.format.voc.VocImporter;
import dev.labelloop.activities.format.yolo.YoloExporter;
import dev.labelloop.activities.format.yolo.YoloImporter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every label format; to add one, write its package and a line here. */
public final class LabelFormats {
  public static final List<LabelExporter> EXPORTERS =
      List.of(
          new CocoExporter(),
          new CocoResultsExporter(),
          YoloExporter.labels(),
          YoloExporter.detections(),
          new LabelStudioExporter(),
          VocExporter.fromZero(),
          VocExporter.fromOne(),
          new CvatExporter(),
          new LabelMeExporter(),
          new SageMakerExporter(),
          new OpenImagesExporter());

  public static final List<LabelImporter> IMPORTERS =
      List.of(
          new CocoImporter(),
          new YoloImporter(),
          LabelStudioImporter.annotations(),
          LabelStudioImporter.predictions(),
          VocImporter.fromZero(),
          VocImporter.fromOne(),
          new CvatImporter(),
          new LabelMeImporter(),
          new SageMakerImporter(),
          new OpenImagesImporter());

  private LabelFormats() {}

  /**
   * The exporter of this name.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static LabelExporter exporter(String name) {
    return named(EXPORTERS, LabelExporter::name, name, "written");
  }

  /**
   * The importer of this name.
   *
   * @throws IllegalArgumentException naming the known ones
   */
  public static LabelImporter importer(String name) {
    return named(IMPORTERS, LabelImporter::name, name, "read");
  }

  private static <T> T named(
      List<T> formats, Function<T, String> nameOf, String name, String what) {
    return formats.stream()
        .filter(format -> nameOf.apply(format).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format '"
                        + name
                        + "' cannot be "
                        + what
                        + ": choose one of "
                        + formats.stream().map(nameOf).collect(Collectors.joining(", "))));
  }
}
