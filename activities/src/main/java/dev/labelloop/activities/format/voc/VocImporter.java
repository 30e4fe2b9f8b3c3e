package dev.labelloop.activities.format.voc;

import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InputFolder;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Pascal VOC folder.
 *
 * <p>The XML files lie in {@code Annotations}, or anywhere in a folder that has none. A {@code
 * filename} with a folder is the image's whole path; one without lies in the folder of its XML
 * file. Objects that are {@code difficult} become regions to be ignored. Classes have the order of
 * {@code labelmap.txt}, where there is one, and else the order in which they appear.
 */
public final class VocImporter implements LabelImporter {
  private final VocFormat format;

  private VocImporter(VocFormat format) {
    this.format = format;
  }

  /** Coordinates from 0, as most tools write and read them. */
  public static VocImporter fromZero() {
    return new VocImporter(VocFormat.FROM_ZERO);
  }

  /** Coordinates from 1, as in the data set of Pascal VOC itself. */
  public static VocImporter fromOne() {
    return new VocImporter(VocFormat.FROM_ONE);
  }

  @Override
  public String name() {
    return format.title;
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    Path inner = source.resolve(VocFormat.ANNOTATIONS);
    Path folder = Files.isDirectory(inner) ? inner : source;
    ClassGate classes = new ClassGate(checks, problems);
    listClasses(source.resolve(VocFormat.LABEL_MAP), classes, problems);
    ImageGate gate = new ImageGate(checks, problems);
    List<ImageLabels> images = new ArrayList<>();
    for (String file : InputFolder.labelFiles(folder, ".xml", problems)) {
      VocAnnotation annotation = new VocAnnotation(file, format, classes, problems);
      if (annotation.read(folder.resolve(file))) {
        add(file, annotation, gate, images, problems);
      }
    }
    problems.throwIfAny();
    return new LabelFile(classes.table(), images);
  }

  private static void add(
      String file,
      VocAnnotation annotation,
      ImageGate gate,
      List<ImageLabels> images,
      Problems problems) {
    String name = annotation.filename();
    if (name.isEmpty()) {
      problems.add(file + ": <filename> is missing: name the image");
      return;
    }
    String path = ImagePaths.relative(name);
    path = path.contains("/") ? path : ImagePaths.from(ImagePaths.folder(file), path);
    ImageSize size = gate.size(file, "filename", path, annotation.width(), annotation.height());
    if (size != null) {
      images.add(new ImageLabels(path, size.width(), size.height(), annotation.boxes(path, size)));
    }
  }

  private static void listClasses(Path file, ClassGate classes, Problems problems) {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          listClass(line.strip(), classes, problems);
        }
      }
    } catch (CharacterCodingException e) {
      problems.add(VocFormat.LABEL_MAP + " is no text in UTF-8: write it anew");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Only the last three colons part; Datumaro's own class of no object has the colour black. */
  private static void listClass(String line, ClassGate classes, Problems problems) {
    int end = line.length();
    for (int i = 0; i < VocFormat.LABEL_MAP_REST.length(); i++) {
      end = line.lastIndexOf(':', end - 1);
    }
    if (end <= 0) {
      problems.add(
          VocFormat.LABEL_MAP + ": '" + line + "' is no 'name:colour:parts:actions': write so");
    } else if (!line.equals("background:0,0,0::")) {
      classes.list(line.substring(0, end));
    }
  }
}
