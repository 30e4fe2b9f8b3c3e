package dev.labelloop.worker.cli;

import dev.labelloop.worker.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of what options name. */
final class Inputs {
  private Inputs() {}

  /** The path, if it is a file. */
  static Path file(String option, Path path) {
    if (!Files.isRegularFile(path)) {
      throw new BadInputException(
          option + " " + path + (Files.exists(path) ? " is not a file" : " does not exist"));
    }
    return path;
  }

  /** The path, if it is a folder. */
  static Path folder(String option, Path path) {
    if (!Files.isDirectory(path)) {
      throw new BadInputException(
          option + " " + path + (Files.exists(path) ? " is not a folder" : " does not exist"));
    }
    return path;
  }

  /** The path, if there is a file or a folder. */
  static Path existing(String option, Path path) {
    if (!Files.exists(path)) {
      throw new BadInputException(option + " " + path + " does not exist");
    }
    return path;
  }
}
