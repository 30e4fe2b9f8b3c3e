package dev.labelloop.activities.training;

import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.ImageId;
import java.util.List;

/** What a training reads: the frozen examples, and their pictures on demand. */
public interface TrainingData {
  /** Class names in the order of {@code LabelledBox.classIndex}. */
  List<String> classes();

  /** The examples, in the order of the manifest. */
  List<TrainingExample> examples();

  /** Decodes one picture, upright. */
  RgbImage picture(ImageId image);
}
