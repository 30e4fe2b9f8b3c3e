package dev.labelloop.activities.training;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.Sha256;
import dev.labelloop.model.TrainingSpec;
import java.nio.charset.StandardCharsets;

/**
 * What decides the outcome of a training, the number of threads apart.
 *
 * @param start id of the model it starts from
 * @param data SHA-256 of classes and examples, in their order
 * @param spec hyperparameters
 */
record TrainingKey(ModelId start, String data, TrainingSpec spec) {
  static TrainingKey of(ModelId start, TrainingData data, TrainingSpec spec) {
    StringBuilder text = new StringBuilder();
    data.classes().forEach(name -> text.append(name).append('\n'));
    data.examples().forEach(example -> text.append(example).append('\n'));
    return new TrainingKey(
        start, Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8)), spec);
  }

  /** One word for all of it. */
  String hash() {
    return Sha256.hex(toString().getBytes(StandardCharsets.UTF_8));
  }
}
