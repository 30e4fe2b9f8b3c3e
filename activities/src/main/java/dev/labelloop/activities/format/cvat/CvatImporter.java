package dev.labelloop.activities.format.cvat;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.xml.XmlReader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the file {@code annotations.xml} of an export as "CVAT for images 1.1".
 *
 * <p>Images are matched by their name, which is a path where CVAT was given folders. Classes have
 * the order of the labels in {@code meta}. A turned box is read as the upright one around it. Other
 * shapes than boxes are refused, since an image without them would claim to be complete; tags of
 * images, and attributes other than {@code score}, are passed over.
 */
public final class CvatImporter implements LabelImporter {
  @Override
  public String name() {
    return "cvat";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    if (!Files.isRegularFile(source)) {
      problems.add("there is no such file: give the path of CVAT's annotations.xml");
      problems.throwIfAny();
    }
    CvatDocument document = new CvatDocument(checks, problems);
    XmlReader.read(source, "", problems, "annotations", document::read);
    problems.throwIfAny();
    return document.labels();
  }
}
