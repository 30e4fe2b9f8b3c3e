package dev.labelloop.activities.detector;

import java.nio.file.Path;

/**
 * A model on disk.
 *
 * @param weights safetensors file with float32 tensors
 * @param description {@code model.json}: architecture, input, classes, provenance
 */
public record ModelFiles(Path weights, Path description) {}
