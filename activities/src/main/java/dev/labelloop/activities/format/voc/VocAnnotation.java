package dev.labelloop.activities.format.voc;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.xml.XmlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** One XML file of Pascal VOC; its elements may come in any order. */
final class VocAnnotation {
  private static final List<String> SIDES = List.of("xmin", "ymin", "xmax", "ymax");
  private static final Set<String> TRUE = Set.of("1", "true", "True");

  private final String file;
  private final VocFormat format;
  private final ClassGate classes;
  private final Problems problems;
  private final List<Found> found = new ArrayList<>();
  private String filename = "";
  private @Nullable Long width;
  private @Nullable Long height;

  /** An object, whose image's size may not be known yet. */
  private record Found(String at, int classIndex, boolean difficult, Corners corners) {}

  /** As written. */
  private record Corners(double xmin, double ymin, double xmax, double ymax) {}

  /** An object while its elements come. */
  private static final class Draft {
    private String name = "";
    private boolean difficult;
    private boolean boxed;
    private @Nullable Corners corners; // null where a number is at fault
  }

  VocAnnotation(String file, VocFormat format, ClassGate classes, Problems problems) {
    this.file = file;
    this.format = format;
    this.classes = classes;
    this.problems = problems;
  }

  String filename() {
    return filename;
  }

  @Nullable Long width() {
    return width;
  }

  @Nullable Long height() {
    return height;
  }

  /** Whether the file could be read; if not, that is noted. */
  boolean read(Path path) {
    return XmlReader.read(path, file, problems, "annotation", this::annotation);
  }

  /** The boxes, once the image is known; faults are noted and left out. */
  List<BoxLabel> boxes(String path, ImageSize size) {
    List<BoxLabel> boxes = new ArrayList<>();
    for (Found object : found) {
      double x = object.corners.xmin - format.first;
      double y = object.corners.ymin - format.first;
      ImageLocation location = new ImageLocation(object.at, path, size);
      BoxChecks.checked(x, y, object.corners.xmax - x, object.corners.ymax - y, location, problems)
          .map(box -> new BoxLabel(box, object.classIndex, null, object.difficult))
          .ifPresent(boxes::add);
    }
    return boxes;
  }

  private void annotation(XmlReader xml) throws XMLStreamException {
    xml.children(
        element -> {
          switch (element) {
            case "filename" -> filename = xml.text();
            case "size" -> size(xml);
            case "object" -> object(xml);
            default -> {} // folder, source, segmented and what tools add
          }
        });
  }

  private void size(XmlReader xml) throws XMLStreamException {
    xml.children(
        element -> {
          if (element.equals("width")) {
            width = xml.whole(element);
          } else if (element.equals("height")) {
            height = xml.whole(element);
          }
        });
  }

  private void object(XmlReader xml) throws XMLStreamException {
    String at = xml.at();
    Draft draft = new Draft();
    xml.children(
        element -> {
          switch (element) {
            case "name" -> draft.name = xml.text();
            case "difficult" -> draft.difficult = TRUE.contains(xml.text());
            case "bndbox" -> corners(xml, draft);
            default -> {} // pose, truncated, occluded, part and what tools add
          }
        });
    if (draft.name.isEmpty()) {
      problems.add(at + ": <object> has no <name>: name its class");
    } else if (!draft.boxed) {
      problems.add(at + ": <object> has no <bndbox>: add it, or leave the object out");
    } else if (draft.corners != null) {
      Corners corners = draft.corners;
      classes
          .index(at, draft.name)
          .ifPresent(index -> found.add(new Found(at, index, draft.difficult, corners)));
    }
  }

  private void corners(XmlReader xml, Draft draft) throws XMLStreamException {
    String at = xml.at();
    Map<String, Optional<Double>> sides = new HashMap<>();
    xml.children(
        element -> {
          if (SIDES.contains(element)) {
            sides.put(element, Optional.ofNullable(xml.number(element)));
          }
        });
    draft.boxed = true;
    for (String side : SIDES) {
      if (!sides.containsKey(side)) {
        problems.add(at + ": <bndbox> has no <" + side + ">: add it");
      }
    }
    double[] numbers =
        SIDES.stream()
            .map(side -> sides.getOrDefault(side, Optional.empty()))
            .flatMap(Optional::stream)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (numbers.length == SIDES.size()) {
      draft.corners = new Corners(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
  }
}
