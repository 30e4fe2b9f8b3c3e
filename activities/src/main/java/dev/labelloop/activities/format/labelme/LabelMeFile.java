package dev.labelloop.activities.format.labelme;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.json.JsonEntry;
import dev.labelloop.activities.format.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One JSON file of LabelMe. */
final class LabelMeFile {
  /** What is read; the picture itself, which older files hold, is passed over unread. */
  private static final Set<String> FIELDS =
      Set.of("shapes", "imagePath", "imageWidth", "imageHeight");

  private final String file;
  private final ImageGate gate;
  private final ClassGate classes;
  private final Problems problems;
  private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

  LabelMeFile(String file, ImageGate gate, ClassGate classes, Problems problems) {
    this.file = file;
    this.gate = gate;
    this.classes = classes;
    this.problems = problems;
  }

  /** The labels of its image; nothing if that is at fault, which is noted. */
  Optional<ImageLabels> read(Path path) {
    JsonFile.read(path, file, "a LabelMe file", problems, this::fields);
    JsonEntry root = new JsonEntry(fields, file, problems);
    String name = root.text("imagePath");
    if (!fields.path("shapes").isArray()) {
      problems.add(file + ": has no list 'shapes': write [] for no objects");
    } else if (name != null) {
      return image(root, ImagePaths.from(ImagePaths.folder(file), name));
    }
    return Optional.empty();
  }

  private void fields(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problems.add(file + ": holds no object: give LabelMe's files alone");
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (FIELDS.contains(name)) {
        fields.set(name, JsonFile.value(parser));
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      problems.add(file + ": goes on after its end: a file holds one object");
    }
  }

  private Optional<ImageLabels> image(JsonEntry root, String path) {
    ImageSize size =
        gate.size(
            file,
            "imagePath",
            path,
            root.has("imageWidth") ? root.id("imageWidth") : null,
            root.has("imageHeight") ? root.id("imageHeight") : null);
    if (size == null) {
      return Optional.empty();
    }
    List<BoxLabel> boxes = new ArrayList<>();
    JsonNode shapes = fields.path("shapes");
    for (int i = 0; i < shapes.size(); i++) {
      JsonEntry shape = new JsonEntry(shapes.get(i), file + " shapes[" + i + "]", problems);
      box(shape, new ImageLocation(shape.at(), path, size)).ifPresent(boxes::add);
    }
    return Optional.of(new ImageLabels(path, size.width(), size.height(), boxes));
  }

  /** Two opposite corners, whichever was drawn first. */
  private Optional<BoxLabel> box(JsonEntry shape, ImageLocation image) {
    String type = shape.node().path("shape_type").asText();
    if (!type.equals("rectangle")) {
      problems.add(
          shape.at() + ": shape_type '" + type + "' is no rectangle: draw one in its place");
      return Optional.empty();
    }
    JsonNode points = shape.node().path("points");
    double[] corners = new double[4];
    boolean good = points.size() == 2;
    for (int i = 0; good && i < corners.length; i++) {
      JsonNode number = points.path(i / 2).path(i % 2);
      good = number.isNumber() && points.path(i / 2).size() == 2;
      corners[i] = number.asDouble();
    }
    if (!good) {
      problems.add(
          shape.at() + ": points " + points + " are no two corners: write [[x, y], [x, y]]");
      return Optional.empty();
    }
    String label = shape.text("label");
    return BoxChecks.checked(
            Math.min(corners[0], corners[2]),
            Math.min(corners[1], corners[3]),
            Math.abs(corners[2] - corners[0]),
            Math.abs(corners[3] - corners[1]),
            image,
            problems)
        .flatMap(
            box ->
                Optional.ofNullable(label)
                    .flatMap(name -> classes.index(shape.at(), name))
                    .map(index -> BoxLabel.of(box, index)));
  }
}
