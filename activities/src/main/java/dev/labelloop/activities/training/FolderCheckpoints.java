package dev.labelloop.activities.training;

import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.weights.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest checkpoint of one training as a single file in a folder. */
public final class FolderCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(FolderCheckpoints.class);

  private final Path folder;

  /** Checkpoints in this folder, which is of this training alone; it is made if missing. */
  public FolderCheckpoints(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
  }

  @Override
  public Optional<Path> newest() {
    Path file = file();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Safetensors.read(file);
      return Optional.of(file);
    } catch (InvalidModelException e) {
      LOG.warn("the training begins anew, its checkpoint cannot be used: {}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void publish(Path finished) {
    try {
      Files.move(
          finished, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the checkpoint " + file(), e);
    }
  }

  @Override
  public Path folder() {
    return folder;
  }

  private Path file() {
    return folder.resolve("newest.safetensors");
  }
}
