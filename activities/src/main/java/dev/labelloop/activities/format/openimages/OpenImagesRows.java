package dev.labelloop.activities.format.openimages;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.csv.CsvRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the files as they come by: classes, then images, then boxes. */
final class OpenImagesRows {
  private static final List<String> ENDINGS =
      Stream.of(".jpg", ".jpeg", ".png", ".bmp", ".jpe", ".jfif")
          .flatMap(ending -> Stream.of(ending, ending.toUpperCase(Locale.ROOT)))
          .toList();

  private final KnownImages known;
  private final ImageGate gate;
  private final ClassGate classes;
  private final Problems problems;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Optional<Target>> targets = new LinkedHashMap<>();

  /** An image that gathers its boxes. */
  private record Target(String path, ImageSize size, List<BoxLabel> boxes) {}

  OpenImagesRows(KnownImages known, ImportChecks checks, Problems problems) {
    this.known = known;
    this.gate = new ImageGate(checks, problems);
    this.classes = new ClassGate(checks, problems);
    this.problems = problems;
  }

  /** A class and what people call it. */
  void name(CsvRow row) {
    String label = row.text("LabelName");
    String name = row.text("name");
    if (label != null && name != null) {
      if (names.putIfAbsent(label, name) != null) {
        row.fault("LabelName", "is named twice, drop one");
      }
      classes.list(name);
    }
  }

  /** An image, whether or not there is a box on it. */
  void image(CsvRow row) {
    String id = row.text(OpenImagesFormat.IMAGE_ID);
    if (id != null && targets.containsKey(id)) {
      row.fault(OpenImagesFormat.IMAGE_ID, "is listed twice, drop one");
    } else if (id != null) {
      targets.put(id, found(row.at(), id));
    }
  }

  /** A box; its image may be one that is not listed. */
  void box(CsvRow row) {
    String id = row.text(OpenImagesFormat.IMAGE_ID);
    String label = row.text("LabelName");
    Double confidence = row.number("Confidence");
    if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
      row.fault("Confidence", "write a number from 0 to 1");
      confidence = null;
    }
    String group = row.fields().getOrDefault("IsGroupOf", "");
    if (!List.of("0", "1", "-1").contains(group)) {
      row.fault("IsGroupOf", "write 1 for a group, 0 for none, -1 if that is not known");
    }
    Integer index = label == null ? null : index(row, label);
    Target target =
        id == null ? null : targets.computeIfAbsent(id, key -> found(row.at(), key)).orElse(null);
    if (target == null || index == null || confidence == null) {
      return; // noted already
    }
    Double score = confidence == 1 ? null : confidence;
    place(row, target, new Place(index, score, group.equals("1")));
  }

  private record Place(int classIndex, @Nullable Double score, boolean group) {}

  private void place(CsvRow row, Target target, Place place) {
    Double left = row.number("XMin");
    Double right = row.number("XMax");
    Double top = row.number("YMin");
    Double bottom = row.number("YMax");
    if (left == null || right == null || top == null || bottom == null) {
      return;
    }
    BoxChecks.checked(
            left * target.size.width(),
            top * target.size.height(),
            (right - left) * target.size.width(),
            (bottom - top) * target.size.height(),
            new ImageLocation(row.at(), target.path, target.size),
            problems)
        .map(box -> new BoxLabel(box, place.classIndex, place.score, place.group))
        .ifPresent(target.boxes::add);
  }

  LabelFile labels() {
    List<ImageLabels> images = new ArrayList<>();
    for (Optional<Target> target : targets.values()) {
      target.ifPresent(
          t -> images.add(new ImageLabels(t.path, t.size.width(), t.size.height(), t.boxes)));
    }
    return new LabelFile(classes.table(), images);
  }

  private @Nullable Integer index(CsvRow row, String label) {
    String name = names.isEmpty() ? label : names.get(label);
    if (name == null) {
      row.fault("LabelName", "name it in " + OpenImagesFormat.CLASSES);
      return null;
    }
    return classes.index(row.at(), name).orElse(null);
  }

  /** The image whose path without its ending is the id. */
  private Optional<Target> found(String at, String id) {
    String stem = ImagePaths.relative(id);
    List<String> paths =
        stem.indexOf('\0') >= 0
            ? List.of()
            : ENDINGS.stream().map(stem::concat).filter(p -> known.find(p) != null).toList();
    if (paths.size() > 1) {
      problems.add(at + ": ImageID '" + id + "' may be any of " + paths + ": rename all but one");
      return Optional.empty();
    }
    String path = paths.isEmpty() ? stem + ENDINGS.get(0) : paths.get(0);
    ImageSize size = gate.size(at, "image", path, null, null);
    return Optional.ofNullable(size).map(s -> new Target(path, s, new ArrayList<>()));
  }
}
