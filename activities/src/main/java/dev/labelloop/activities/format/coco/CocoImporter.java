package dev.labelloop.activities.format.coco;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import java.nio.file.Path;

/**
 * Reads a COCO detection file of labels.
 *
 * <p>Images are matched by their path relative to the image folder, never by the file name alone.
 * Group regions ({@code iscrowd} 1) become regions to be ignored. Ids of classes are kept.
 */
public final class CocoImporter implements LabelImporter {
  @Override
  public String name() {
    return "coco";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    CocoDocument document = CocoReader.read(source, problems);
    LabelFile labels = new CocoLinker(document, checks, problems).link();
    problems.throwIfAny();
    return labels;
  }
}
