package dev.labelloop.activities.format.labelme;

import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InputFolder;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON files that LabelMe lays beside images, of a folder and the folders in it.
 *
 * <p>An {@code imagePath} is as seen from its file. Classes are numbered as they appear, files by
 * name. Other shapes than rectangles are refused; an image without a file is not spoken of.
 */
public final class LabelMeImporter implements LabelImporter {
  @Override
  public String name() {
    return "labelme";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    ImageGate gate = new ImageGate(checks, problems);
    ClassGate classes = new ClassGate(checks, problems);
    List<ImageLabels> images = new ArrayList<>();
    for (String file : InputFolder.labelFiles(source, ".json", problems)) {
      new LabelMeFile(file, gate, classes, problems)
          .read(source.resolve(file))
          .ifPresent(images::add);
    }
    problems.throwIfAny();
    return new LabelFile(classes.table(), images);
  }
}
