package dev.labelloop.activities.format;

import dev.labelloop.core.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/**
 * The formats that are both written and read, and labels that try them; a new one is one line here.
 */
abstract class FormatTrial {
  /** What a format has room for, beyond boxes and class names. */
  enum Keeps {
    IDS,
    CLASS_LIST,
    SCORES,
    IGNORE,
    SIZES
  }

  record Format(String written, String read, Set<Keeps> keeps) {
    @Override
    public String toString() {
      return written;
    }
  }

  static Stream<Format> formats() {
    return Stream.of(
        new Format("coco", "coco", EnumSet.allOf(Keeps.class)),
        new Format("yolo", "yolo", Set.of(Keeps.CLASS_LIST)),
        new Format("yolo-scores", "yolo", Set.of(Keeps.CLASS_LIST, Keeps.SCORES)),
        new Format("labelstudio", "labelstudio-predictions", Set.of(Keeps.SCORES, Keeps.SIZES)),
        new Format("voc", "voc", Set.of(Keeps.CLASS_LIST, Keeps.IGNORE, Keeps.SIZES)),
        new Format(
            "voc-one-based", "voc-one-based", Set.of(Keeps.CLASS_LIST, Keeps.IGNORE, Keeps.SIZES)),
        new Format("labelme", "labelme", Set.of(Keeps.SIZES)),
        new Format("cvat", "cvat", Set.of(Keeps.CLASS_LIST, Keeps.SCORES, Keeps.SIZES)),
        new Format(
            "sagemaker",
            "sagemaker",
            Set.of(Keeps.IDS, Keeps.CLASS_LIST, Keeps.SCORES, Keeps.SIZES)),
        new Format(
            "openimages", "openimages", Set.of(Keeps.CLASS_LIST, Keeps.SCORES, Keeps.IGNORE)));
  }

  static final ClassTable ODD_CLASSES =
      new ClassTable(
          List.of(
              new ClassTable.Entry(7, "Lkw <gross> & \"rot\": 'x'"),
              new ClassTable.Entry(3, "car"),
              new ClassTable.Entry(90, "no box has it"),
              new ClassTable.Entry(12, "公共汽车 ü 🚌")));

  static final List<ImageLabels> ODD_IMAGES =
      List.of(
          new ImageLabels(
              "a.jpg",
              1920,
              1080,
              List.of(
                  BoxLabel.of(new Box(0.1 + 0.2, 1e-7, 1 / 3.0, 0.5), 3),
                  BoxLabel.scored(new Box(0, 0, 1920, 1080), 0, 0.1234567890123),
                  new BoxLabel(new Box(100, 200, 50.5, 60.25), 1, null, true),
                  BoxLabel.of(new Box(100, 200, 50.5, 60.25), 1),
                  BoxLabel.of(new Box(100, 200, 50.5, 60.25), 0))),
          new ImageLabels("day 1/a.jpg", 33, 50_001, List.of(BoxLabel.of(new Box(1, 2, 3, 4), 1))),
          new ImageLabels("day 1/lot/a.jpg", 640, 480, List.of()),
          new ImageLabels(
              "nacht & <übung> 'ü'/a.b.JPG", 5, 7, List.of(BoxLabel.of(new Box(0, 0, 5, 7), 3))));

  @TempDir Path folder;

  Path written(Format format, LabelFile labels) throws IOException {
    Path target = target(format);
    LabelFormats.exporter(format.written)
        .export(labels.classes(), labels.images().iterator(), target);
    placeImages(target, labels);
    return target;
  }

  Path target(Format format) throws IOException {
    Path target = Files.createTempDirectory(folder, "export");
    String ending = LabelFormats.exporter(format.written).ending();
    return ending.isEmpty() ? target : target.resolve("labels" + ending);
  }

  /** YOLO looks for its images; their sizes are known, so they are never opened. */
  static void placeImages(Path target, LabelFile labels) throws IOException {
    if (Files.isDirectory(target)) {
      for (ImageLabels image : labels.images()) {
        Path file = target.resolve("images").resolve(image.path());
        Files.createDirectories(file.getParent());
        Files.createFile(file);
      }
    }
  }

  static List<Path> filesOf(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
