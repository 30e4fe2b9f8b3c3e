package dev.labelloop.activities.format.openimages;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.InputFolder;
import dev.labelloop.activities.format.KnownImages;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.csv.CsvFile;
import dev.labelloop.activities.image.ImageDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder with one of Open Images' files of boxes and, if they are there, those of classes
 * and images.
 *
 * <p>Boxes are shares of their image, so the images must be there: those known, else those in the
 * folder {@code images}. Without a file of classes their {@code LabelName} names them; without a
 * file of images those that have a box are all.
 */
public final class OpenImagesImporter implements LabelImporter {
  @Override
  public String name() {
    return "openimages";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    if (!Files.isDirectory(source)) {
      problems.add("there is no such folder: give the folder that holds " + OpenImagesFormat.BOXES);
      problems.throwIfAny();
    }
    KnownImages known =
        checks.images() == null
            ? KnownImages.in(source.resolve("images"), new ImageDecoder())
            : checks.images();
    OpenImagesRows rows =
        new OpenImagesRows(known, new ImportChecks(known, checks.classes()), problems);
    String boxes = only(source, OpenImagesFormat.BOXES, problems);
    String classes = only(source, OpenImagesFormat.CLASSES, problems);
    String images = only(source, OpenImagesFormat.IMAGES, problems);
    if (boxes == null) {
      problems.add("holds no " + OpenImagesFormat.BOXES + ": give the folder that holds it");
    }
    problems.throwIfAny();
    if (classes != null) {
      CsvFile.readBare(
          source.resolve(classes), classes, List.of("LabelName", "name"), problems, rows::name);
    }
    if (images != null) {
      CsvFile.read(
          source.resolve(images),
          images,
          List.of(OpenImagesFormat.IMAGE_ID),
          problems,
          rows::image);
    }
    if (boxes != null) {
      CsvFile.read(
          source.resolve(boxes), boxes, OpenImagesFormat.READ_COLUMNS, problems, rows::box);
    }
    problems.throwIfAny();
    return rows.labels();
  }

  private static @Nullable String only(Path source, String ending, Problems problems) {
    List<String> files =
        InputFolder.files(
            source, file -> file.getNameCount() == 1 && file.toString().endsWith(ending));
    if (files.size() > 1) {
      problems.add("holds several files of one kind, " + files + ": keep one part a folder");
    }
    return files.isEmpty() ? null : files.get(0);
  }
}
