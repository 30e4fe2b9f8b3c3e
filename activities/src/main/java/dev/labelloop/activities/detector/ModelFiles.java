package dev.labelloop.activities.detector;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model on disk.
 *
 * @param weights safetensors file with float32 tensors
 * @param description {@code model.json}: architecture, input, classes, provenance
 */
public record ModelFiles(Path weights, Path description) {
  private static final String DESCRIPTION = "model.json";

  /**
   * The model that a person names: a safetensors file with {@code model.json} beside it, or the
   * folder of both; the description names the file.
   *
   * @throws InvalidModelException if it does not exist, or has no description
   */
  public static ModelFiles at(Path path) {
    if (!Files.exists(path)) {
      throw new InvalidModelException(
          "weights " + path + " do not exist: name a safetensors file or its folder");
    }
    if (!Files.isDirectory(path)) {
      return new ModelFiles(path, path.resolveSibling(DESCRIPTION));
    }
    Path description = path.resolve(DESCRIPTION);
    return new ModelFiles(path.resolve(ModelDescription.read(description).weights()), description);
  }
}
