package dev.labelloop.activities.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LabelFormatsTest {
  @Test
  void findsEveryFormatByItsName() {
    for (LabelExporter exporter : LabelFormats.EXPORTERS) {
      assertThat(LabelFormats.exporter(exporter.name())).isSameAs(exporter);
    }
    for (LabelImporter importer : LabelFormats.IMPORTERS) {
      assertThat(LabelFormats.importer(importer.name())).isSameAs(importer);
    }
  }

  @Test
  void namesTheKnownFormatsForAnUnknownOne() {
    assertThatThrownBy(() -> LabelFormats.exporter("docx"))
        .hasMessage(
            "format 'docx' cannot be written: choose one of coco, coco-results, yolo, yolo-scores,"
                + " labelstudio, voc, voc-one-based, cvat, labelme, sagemaker, openimages");
    assertThatThrownBy(() -> LabelFormats.importer("coco-results"))
        .hasMessage(
            "format 'coco-results' cannot be read: choose one of coco, yolo, labelstudio,"
                + " labelstudio-predictions, voc, voc-one-based, cvat, labelme, sagemaker, openimages");
  }
}
