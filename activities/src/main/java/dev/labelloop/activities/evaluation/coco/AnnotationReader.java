package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Reads the annotations of a ground truth; the images and classes of them may come after them. */
final class AnnotationReader extends BoxEntry {
  static final List<String> REQUIRED = List.of("id", "image_id", "category_id", "bbox");

  private static final double NOT_GIVEN = -1;

  private final IdColumn ids = new IdColumn();
  private final IdColumn imageIds = new IdColumn();
  private final IdColumn categoryIds = new IdColumn();
  private final BoxColumns boxes = new BoxColumns();
  private final BitSet flags = new BitSet();
  private final String flag;
  private long id;
  private double area = NOT_GIVEN;
  private boolean flagged;

  /**
   * @param flag field of boxes that do not count: COCO's iscrowd, LVIS's ignore
   */
  AnnotationReader(CocoJson json, String flag) {
    super(json);
    this.flag = flag;
  }

  IdColumn ids() {
    return ids;
  }

  @Override
  public void field(String name) throws IOException {
    switch (name) {
      case "id" -> {
        id = json.integer(name);
        if (id == 0) {
          throw json.refused(name, "0 stands for \"no match\" in an evaluation; count from 1");
        }
      }
      case "area" -> area = json.size(name);
      default -> {
        if (name.equals(flag)) {
          flagged = json.flag(name);
        } else {
          super.field(name);
        }
      }
    }
  }

  @Override
  public void end() {
    ids.add(id);
    imageIds.add(imageId);
    categoryIds.add(categoryId);
    flags.set(boxes.size, flagged);
    boxes.add(0, 0, xywh, area == NOT_GIVEN ? xywh[2] * xywh[3] : area);
    area = NOT_GIVEN;
    flagged = false;
  }

  /** The truth of all annotations whose image and category exist; ids are ascending. */
  GroundTruth resolve(long[] images, long[] categories, List<String> names) {
    BoxColumns known = new BoxColumns();
    BitSet knownFlags = new BitSet();
    for (int row = 0; row < boxes.size; row++) {
      int image = Arrays.binarySearch(images, imageIds.get(row));
      int category = Arrays.binarySearch(categories, categoryIds.get(row));
      if (image >= 0 && category >= 0) {
        knownFlags.set(known.size, flags.get(row));
        known.add(image, category, boxes.box(row, xywh), boxes.value[row]);
      }
    }
    return new GroundTruth(images, categories, names, known, knownFlags);
  }
}
