package dev.labelloop.worker.cli;

import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.core.ModelId;
import java.util.List;
import java.util.Map;

/**
 * A model as it is listed.
 *
 * @param model its id
 * @param input side of the network's input, pixels
 * @param path its weights
 */
record ModelText(
    ModelId model,
    String architecture,
    int input,
    List<String> classes,
    Map<String, String> provenance,
    String path) {
  static ModelText of(ModelStore store, ModelId id) {
    ModelDescription description = ModelDescription.read(store.get(id).description());
    return new ModelText(
        id,
        description.architecture(),
        description.input(),
        description.classes(),
        description.provenance(),
        store.get(id).weights().toAbsolutePath().normalize().toString());
  }

  String line() {
    return model + "  " + architecture + "  " + input + " px  " + String.join(", ", classes) + "\n";
  }
}
