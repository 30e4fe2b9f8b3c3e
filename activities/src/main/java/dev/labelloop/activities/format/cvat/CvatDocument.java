package dev.labelloop.activities.format.cvat;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.RotatedBox;
import dev.labelloop.activities.format.xml.XmlReader;
import dev.labelloop.core.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The elements of a CVAT file as they come by. */
final class CvatDocument {
  private final ImageGate gate;
  private final ClassGate classes;
  private final Problems problems;
  private final List<ImageLabels> images = new ArrayList<>();

  CvatDocument(ImportChecks checks, Problems problems) {
    this.gate = new ImageGate(checks, problems);
    this.classes = new ClassGate(checks, problems);
    this.problems = problems;
  }

  LabelFile labels() {
    return new LabelFile(classes.table(), images);
  }

  void read(XmlReader xml) throws XMLStreamException {
    xml.children(
        element -> {
          switch (element) {
            case "meta" -> xml.children(owner -> owner(xml));
            case "image" -> image(xml);
            case "track" ->
                problems.add(
                    xml.at() + ": <track> is of a video: export the task as 'CVAT for images 1.1'");
            default -> {} // version, and what tools add
          }
        });
  }

  /** A task, job or project, whichever was exported. */
  private void owner(XmlReader xml) throws XMLStreamException {
    xml.children(
        element -> {
          if (element.equals("labels")) {
            xml.children(label -> label(xml));
          }
        });
  }

  private void label(XmlReader xml) throws XMLStreamException {
    xml.children(
        element -> {
          if (element.equals("name")) {
            classes.list(xml.text());
          }
        });
  }

  private void image(XmlReader xml) throws XMLStreamException {
    String at = xml.at();
    String name = xml.attribute("name");
    if (name == null || name.isEmpty()) {
      problems.add(at + ": <image> has no name: name the image");
      return;
    }
    String path = ImagePaths.relative(name);
    Long width = xml.attribute("width") == null ? null : xml.wholeAttribute("width");
    Long height = xml.attribute("height") == null ? null : xml.wholeAttribute("height");
    ImageSize size = gate.size(at, "image", path, width, height);
    if (size != null) {
      List<BoxLabel> boxes = new ArrayList<>();
      xml.children(shape -> shape(xml, shape, path, size).ifPresent(boxes::add));
      images.add(new ImageLabels(path, size.width(), size.height(), boxes));
    }
  }

  private Optional<BoxLabel> shape(XmlReader xml, String shape, String path, ImageSize size)
      throws XMLStreamException {
    if (shape.equals("tag")) {
      return Optional.empty();
    }
    if (!shape.equals("box")) {
      problems.add(
          xml.at()
              + ": <"
              + shape
              + "> on image '"
              + path
              + "' is no box: draw a rectangle in its place, or take it out");
      return Optional.empty();
    }
    ImageLocation location = new ImageLocation(xml.at(), path, size);
    String label = xml.attribute("label");
    Optional<Box> box = box(xml, location);
    Double score = score(xml, location.where());
    if (label == null || label.isEmpty()) {
      problems.add(location.where() + ": <box> has no label: name its class");
      return Optional.empty();
    }
    Optional<Integer> index = classes.index(location.where(), label);
    return box.flatMap(b -> index.map(i -> new BoxLabel(b, i, score, false)));
  }

  private Optional<Box> box(XmlReader xml, ImageLocation location) {
    Double left = xml.numberAttribute("xtl");
    Double top = xml.numberAttribute("ytl");
    Double right = xml.numberAttribute("xbr");
    Double bottom = xml.numberAttribute("ybr");
    boolean turned = xml.attribute("rotation") != null;
    Double degrees = turned ? xml.numberAttribute("rotation") : Double.valueOf(0);
    if (left == null || top == null || right == null || bottom == null || degrees == null) {
      return Optional.empty();
    }
    double width = right - left;
    double height = bottom - top;
    if (degrees == 0
        || !(width > 0 && height > 0)
        || !Double.isFinite(left + width + top + height)) {
      return BoxChecks.checked(left, top, width, height, location, problems);
    }
    Optional<Box> around =
        RotatedBox.around(
            new Box(left, top, width, height),
            degrees,
            left + width / 2,
            top + height / 2,
            location.size());
    if (around.isEmpty()) {
      problems.add(location.where() + ": the turned box lies outside the image: take it out");
    }
    return around;
  }

  private @Nullable Double score(XmlReader xml, String at) throws XMLStreamException {
    List<String> scores = new ArrayList<>();
    xml.children(
        element -> {
          if (element.equals("attribute") && "score".equals(xml.attribute("name"))) {
            scores.add(xml.text());
          }
        });
    if (scores.isEmpty()) {
      return null;
    }
    Double score = Numbers.decimal(scores.get(0)).filter(s -> s >= 0 && s <= 1).orElse(null);
    if (score == null) {
      problems.add(at + ": score '" + scores.get(0) + "' must lie in [0, 1]");
    }
    return score;
  }
}
