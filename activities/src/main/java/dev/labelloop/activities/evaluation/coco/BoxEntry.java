package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;

/** The fields that an annotation and a detection share: which image, which class, which box. */
abstract class BoxEntry implements CocoJson.EntryReader {
  final CocoJson json;
  final double[] xywh = new double[4];
  long imageId;
  long categoryId;

  BoxEntry(CocoJson json) {
    this.json = json;
  }

  @Override
  public void field(String name) throws IOException {
    switch (name) {
      case "image_id" -> imageId = json.integer(name);
      case "category_id" -> categoryId = json.integer(name);
      case "bbox" -> json.box(xywh);
      default -> json.skip();
    }
  }
}
