package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads the images of an LVIS truth, which say what they were labelled with. */
final class LvisImageReader extends IdReader {
  private static final String NEGATIVE = "neg_category_ids";
  private static final String NOT_EXHAUSTIVE = "not_exhaustive_category_ids";

  private final Pairs negative = new Pairs();
  private final Pairs notExhaustive = new Pairs();

  LvisImageReader(CocoJson json) {
    super(json);
  }

  /** Rows of images, and ids of categories, which may come later in the file. */
  private record Pairs(IdColumn rows, IdColumn categories) {
    Pairs() {
      this(new IdColumn(), new IdColumn());
    }
  }

  @Override
  List<String> required() {
    return List.of("id", NEGATIVE, NOT_EXHAUSTIVE);
  }

  @Override
  public void field(String field) throws IOException {
    switch (field) {
      case NEGATIVE -> read(field, negative);
      case NOT_EXHAUSTIVE -> read(field, notExhaustive);
      default -> super.field(field);
    }
  }

  private void read(String field, Pairs pairs) throws IOException {
    json.eachInteger(
        field,
        category -> {
          pairs.rows.add(ids.size());
          pairs.categories.add(category);
        });
  }

  /**
   * What the images say, when all were read.
   *
   * @param categories ascending
   */
  Federation federation(long[] categories, List<Frequency> frequencies) {
    return new Federation(
        cells(negative, categories), cells(notExhaustive, categories), frequencies);
  }

  private Federation.Cells cells(Pairs pairs, long[] categories) {
    long[] images = ids.ascending();
    Federation.Cells cells = new Federation.Cells();
    for (int i = 0; i < pairs.rows.size(); i++) {
      int category = Arrays.binarySearch(categories, pairs.categories.get(i));
      if (category >= 0) {
        int row = (int) pairs.rows.get(i);
        cells.add(Arrays.binarySearch(images, ids.get(row)), category);
      }
    }
    cells.sort();
    return cells;
  }
}
