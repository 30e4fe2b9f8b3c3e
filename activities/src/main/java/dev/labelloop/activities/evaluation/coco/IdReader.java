package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads images or categories: their ids, and their names where they have some. */
class IdReader implements CocoJson.EntryReader {
  final CocoJson json;
  final IdColumn ids = new IdColumn();
  private final List<String> names = new ArrayList<>();
  private long id;
  private String name = "";

  IdReader(CocoJson json) {
    this.json = json;
  }

  List<String> required() {
    return List.of("id");
  }

  @Override
  public void field(String field) throws IOException {
    switch (field) {
      case "id" -> id = json.integer(field);
      case "name" -> name = json.text(field);
      default -> json.skip();
    }
  }

  @Override
  public void end() {
    ids.add(id);
    names.add(name.isEmpty() ? Long.toString(id) : name);
    name = "";
  }

  /** The names in the order of the ascending ids. */
  final List<String> names() {
    return byAscendingId(names);
  }

  /** Values of the rows, in the order of the ascending ids. */
  final <T> List<T> byAscendingId(List<T> values) {
    long[] ascending = ids.ascending();
    List<T> sorted = new ArrayList<>(values);
    for (int row = 0; row < ascending.length; row++) {
      sorted.set(Arrays.binarySearch(ascending, ids.get(row)), values.get(row));
    }
    return sorted;
  }
}
