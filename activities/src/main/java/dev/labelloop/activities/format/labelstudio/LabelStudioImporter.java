package dev.labelloop.activities.format.labelstudio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
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
 * Reads Label Studio's own JSON export, a list of tasks: what people drew, or what a model said.
 *
 * <p>The two are never mixed: a task that nobody has answered is left out of the labels, however
 * many predictions it has. Of a task's annotations the one marked as ground truth counts, else the
 * newest; skipped ones do not. Classes are numbered as they appear. Boxes are in percent; a turned
 * box is read as the upright one around it; answers that are no region (choices, texts) are passed
 * over, other regions than boxes are refused.
 */
public final class LabelStudioImporter implements LabelImporter {
  private final boolean predictions;

  private LabelStudioImporter(boolean predictions) {
    this.predictions = predictions;
  }

  /** What people drew; a score that a region kept from its prediction says nothing there. */
  public static LabelStudioImporter annotations() {
    return new LabelStudioImporter(false);
  }

  /** What a model said, with its scores. */
  public static LabelStudioImporter predictions() {
    return new LabelStudioImporter(true);
  }

  @Override
  public String name() {
    return predictions ? "labelstudio-predictions" : "labelstudio";
  }

  @Override
  public LabelFile read(Path source, ImportChecks checks) {
    Problems problems = new Problems(source);
    ClassGate classes = new ClassGate(checks, problems);
    LabelStudioTask tasks =
        new LabelStudioTask(predictions, new ImageGate(checks, problems), classes, problems);
    List<ImageLabels> images = new ArrayList<>();
    JsonFile.read(
        source,
        "",
        "Label Studio's export as JSON",
        problems,
        parser -> readTasks(parser, tasks, images, problems));
    problems.throwIfAny();
    return new LabelFile(classes.table(), images);
  }

  private static void readTasks(
      JsonParser parser, LabelStudioTask tasks, List<ImageLabels> images, Problems problems)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      problems.add("holds no list of tasks: export the project as JSON (not JSON-MIN)");
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      JsonEntry task = new JsonEntry(JsonFile.value(parser), "tasks[" + i + "]", problems);
      tasks.read(task).ifPresent(images::add);
    }
    if (parser.nextToken() != null) {
      problems.add("goes on after its end: a file holds one list");
    }
  }
}
