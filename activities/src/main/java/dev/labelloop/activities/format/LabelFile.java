package dev.labelloop.activities.format;

import java.util.List;

/**
 * What an importer read.
 *
 * @param classes of the file, or those that the importer was told to read it for
 * @param images in the order of the file
 */
public record LabelFile(ClassTable classes, List<ImageLabels> images) {
  public LabelFile {
    images = List.copyOf(images);
  }
}
