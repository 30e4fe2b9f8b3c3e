package dev.labelloop.activities.format.yolo;

import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.core.Box;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the lines of one YOLO label file. */
final class YoloLines {
  private static final int COLUMNS = 5;

  private final Map<Integer, String> namesByNumber = new HashMap<>();
  private final List<String> wanted;
  private final Problems problems;

  YoloLines(ClassTable inFile, ClassTable wanted, Problems problems) {
    inFile.entries().forEach(entry -> namesByNumber.put(entry.id(), entry.name()));
    this.wanted = wanted.names();
    this.problems = problems;
  }

  /** The boxes of an image; faults are noted and left out. */
  List<BoxLabel> read(Path file, ImageLocation image) {
    List<BoxLabel> boxes = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty()) {
          String where = image.where() + " line " + (i + 1);
          line(line, new ImageLocation(where, image.path(), image.size())).ifPresent(boxes::add);
        }
      }
    } catch (MalformedInputException e) {
      problems.add(image.where() + " is no text in UTF-8: write it anew");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return boxes;
  }

  private Optional<BoxLabel> line(String line, ImageLocation image) {
    String[] words = line.split("\\s+", -1);
    if (words.length != COLUMNS && words.length != COLUMNS + 1) {
      problems.add(
          image.where()
              + " has "
              + words.length
              + " columns: a box has class, centre x, centre y, width, height and maybe a score");
      return Optional.empty();
    }
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      try {
        numbers[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        problems.add(image.where() + ": '" + words[i] + "' is no number: write one");
        return Optional.empty();
      }
    }
    Optional<Integer> classIndex = classIndex(numbers[0], words[0], image.where());
    if (words.length > COLUMNS && !(numbers[COLUMNS] >= 0 && numbers[COLUMNS] <= 1)) {
      problems.add(image.where() + ": score " + words[COLUMNS] + " must lie in [0, 1]");
      return Optional.empty();
    }
    Double score = words.length > COLUMNS ? (Double) numbers[COLUMNS] : null;
    return classIndex.flatMap(
        index -> box(numbers, image).map(box -> new BoxLabel(box, index, score, false)));
  }

  private Optional<Box> box(double[] numbers, ImageLocation image) {
    ImageSize size = image.size();
    double width = numbers[3] * size.width();
    double height = numbers[4] * size.height();
    return BoxChecks.checked(
        numbers[1] * size.width() - width / 2,
        numbers[2] * size.height() - height / 2,
        width,
        height,
        image,
        problems);
  }

  private Optional<Integer> classIndex(double number, String word, String where) {
    String name = number == Math.rint(number) ? namesByNumber.get((int) number) : null;
    if (name == null) {
      problems.add(where + ": class " + word + " is not in data.yaml " + namesByNumber);
      return Optional.empty();
    }
    int index = wanted.indexOf(name);
    if (index < 0) {
      problems.add(
          where + ": class '" + name + "' is none of " + wanted + ": add it or leave the box out");
      return Optional.empty();
    }
    return Optional.of(index);
  }
}
