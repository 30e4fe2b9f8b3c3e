package dev.labelloop.activities.format.coco;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.core.Box;
import java.io.IOException;

/** What both kinds of COCO files write alike. */
final class CocoIds {
  private CocoIds() {}

  /** A class's id; all move up by one in a table that begins at 0, which COCO's tools misread. */
  static long category(ClassTable classes, int classIndex) {
    boolean fromZero = classes.entries().stream().anyMatch(entry -> entry.id() == 0);
    return classes.entries().get(classIndex).id() + (fromZero ? 1L : 0L);
  }

  static void writeBox(JsonGenerator json, Box box) throws IOException {
    json.writeArrayFieldStart("bbox");
    json.writeNumber(box.x());
    json.writeNumber(box.y());
    json.writeNumber(box.width());
    json.writeNumber(box.height());
    json.writeEndArray();
  }
}
