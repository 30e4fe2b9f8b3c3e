package dev.labelloop.activities.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks for label files in a folder. */
public final class InputFolder {
  private InputFolder() {}

  /** Relative paths with forward slashes, sorted; links to folders are not followed. */
  public static List<String> files(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(folder::relativize)
          .filter(wanted)
          .map(path -> path.toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /**
   * The label files of this ending.
   *
   * @throws InvalidLabelsException if there is no such folder, or no such file in it
   */
  public static List<String> labelFiles(Path folder, String ending, Problems problems) {
    if (!Files.isDirectory(folder)) {
      problems.add("there is no such folder: give the folder that holds the " + ending + " files");
      problems.throwIfAny();
    }
    List<String> files = files(folder, file -> file.toString().endsWith(ending));
    if (files.isEmpty()) {
      problems.add("holds no " + ending + " file: give the folder that holds them");
      problems.throwIfAny();
    }
    return files;
  }
}
