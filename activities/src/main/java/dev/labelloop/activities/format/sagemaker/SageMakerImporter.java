package dev.labelloop.activities.format.sagemaker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.json.JsonEntry;
import dev.labelloop.activities.format.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a manifest of SageMaker Ground Truth, of bounding box jobs.
 *
 * <p>A line's labels may have any name. Of several the newest counts; a line without any, which
 * nobody has labelled, is left out. Class ids are kept. Confidences count only where no person drew
 * the boxes.
 */
public final class SageMakerImporter implements LabelImporter {
  @Override
  public String name() {
    return "sagemaker";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    List<ManifestLine> lines = new ArrayList<>();
    JsonFile.read(
        source,
        "",
        "Ground Truth's output.manifest",
        problems,
        parser -> readLines(parser, lines, problems));
    ImageRoot root = ImageRoot.of(lines.stream().map(ManifestLine::key).toList(), checks.images());
    ManifestLabels labels = new ManifestLabels(checks, problems);
    List<ImageLabels> images = new ArrayList<>();
    for (ManifestLine line : lines) {
      labels.read(line, root.path(line.key())).ifPresent(images::add);
    }
    problems.throwIfAny();
    return new LabelFile(labels.classes(), images);
  }

  private static void readLines(JsonParser parser, List<ManifestLine> lines, Problems problems)
      throws IOException {
    while (parser.nextToken() != null) {
      String at = "line " + parser.currentTokenLocation().getLineNr();
      JsonNode node = JsonFile.value(parser);
      if (node.isObject()) {
        ManifestLine.of(new JsonEntry(node, at, problems)).ifPresent(lines::add);
      } else {
        problems.add(at + ": is " + shortened(node) + ", no object: write one object a line");
      }
    }
    if (lines.isEmpty() && !problems.any()) {
      problems.add("holds no boxes: give the output.manifest of a bounding box job");
    }
  }

  private static String shortened(JsonNode node) {
    return node.isArray() ? "a list" : node.toString();
  }
}
