package dev.labelloop.activities.format.yolo;

import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InputFolder;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a YOLO folder with {@code data.yaml}, folders {@code images} and folders {@code labels}.
 *
 * <p>Image paths are relative to the folder's own {@code images}; images elsewhere, as in {@code
 * train/images/a.jpg}, keep their whole path. An image without a label file shows nothing.
 */
public final class YoloImporter implements LabelImporter {
  @Override
  public String name() {
    return "yolo";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    if (!Files.isDirectory(source)) {
      problems.add("there is no such folder: give the folder that holds data.yaml");
      problems.throwIfAny();
    }
    ClassTable inFile = YoloClasses.read(source, problems);
    ClassTable classes = checks.classes() == null ? inFile : ClassTable.of(checks.classes());
    KnownImages inFolder = KnownImages.in(source, new ImageDecoder());
    KnownImages known = checks.images() == null ? inFolder : checks.images();
    Set<String> labelFiles = new TreeSet<>(InputFolder.files(source, YoloImporter::isLabelFile));
    YoloLines lines = new YoloLines(inFile, classes, problems);
    List<ImageLabels> images = new ArrayList<>();
    for (String file : InputFolder.files(source, YoloImporter::isImage)) {
      String labels = YoloFormat.labelFile(file);
      boolean labelled = labelFiles.remove(labels);
      String path =
          file.startsWith(YoloFormat.IMAGES) ? file.substring(YoloFormat.IMAGES.length()) : file;
      String key = known == inFolder ? file : path;
      ImageSize size = known.find(key);
      if (size == null) {
        problems.add(file + ": image '" + key + "' " + known.absence(key));
      } else {
        List<BoxLabel> boxes =
            labelled
                ? lines.read(source.resolve(labels), new ImageLocation(labels, path, size))
                : List.of();
        images.add(new ImageLabels(path, size.width(), size.height(), boxes));
      }
    }
    for (String orphan : labelFiles) {
      problems.add(orphan + " belongs to no image: add the image or remove the file");
    }
    problems.throwIfAny();
    return new LabelFile(classes, images);
  }

  private static boolean isImage(Path file) {
    return hasFolder(file, "images") && ImageNames.isImage(file);
  }

  private static boolean isLabelFile(Path file) {
    return hasFolder(file, "labels") && file.getFileName().toString().endsWith(".txt");
  }

  private static boolean hasFolder(Path file, String name) {
    for (int i = 0; i < file.getNameCount() - 1; i++) {
      if (file.getName(i).toString().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
