package dev.labelloop.activities.storage;

import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Models in a folder, each under the hash of its weights.
 *
 * <pre>
 * models/&lt;id&gt;/weights.safetensors
 * models/&lt;id&gt;/model.json           as it was first put
 * models/&lt;id&gt;/model-&lt;hash&gt;.json    the same weights with another input or other class names
 * checkpoints/&lt;campaign&gt;/r&lt;n&gt;/      what a training needs to go on; may be deleted after it
 * </pre>
 *
 * <p>A model appears as a whole or not at all: it is written beside its place, brought to the disk
 * and renamed. Safe for use by many processes on one file system; one at a time writes.
 */
public final class ModelStore {
  private static final String WEIGHTS = "weights.safetensors";
  private static final String DESCRIPTION = "model.json";
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = ".new-";
  private static final int HASH_DIGITS = 12;

  private final Path models;
  private final Path checkpoints;

  /** The store in this folder; its parts are made when needed. */
  public ModelStore(Path folder) {
    this.models = folder.resolve("models");
    this.checkpoints = folder.resolve("checkpoints");
  }

  /**
   * Stores a copy of a model; the given files stay. A model that is stored already stays as it is,
   * with its first provenance.
   *
   * @throws dev.labelloop.activities.detector.InvalidModelException if the weights are damaged
   */
  public ModelId put(ModelFiles files) {
    ModelId id = Safetensors.hash(Safetensors.read(files.weights()));
    Path place = models.resolve(id.value());
    try {
      alone(
          () -> {
            if (!Files.exists(place)) {
              Path unfinished = Files.createDirectory(unfinished());
              copy(files.weights(), unfinished.resolve(WEIGHTS));
              copy(files.description(), unfinished.resolve(DESCRIPTION));
              force(unfinished);
              Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
              force(models);
            }
          });
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store model " + id + " in " + models, e);
    }
  }

  /** Whether a model is stored. */
  public boolean contains(ModelId id) {
    return Files.exists(models.resolve(id.value()));
  }

  /**
   * The files of a stored model.
   *
   * @throws IllegalArgumentException if it is not stored here
   */
  public ModelFiles get(ModelId id) {
    Path place = models.resolve(id.value());
    if (!Files.exists(place)) {
      throw new IllegalArgumentException(
          "model " + id + " is not in " + models + ": has the folder been moved or cleaned?");
    }
    return new ModelFiles(place.resolve(WEIGHTS), place.resolve(DESCRIPTION));
  }

  /**
   * The files of a stored model, for a campaign: equal weights may serve campaigns of different
   * input size, or that call the classes by other names.
   *
   * @param input side of the network's input, pixels
   * @param classes in the order of the head's rows
   * @throws IllegalArgumentException if it is not stored here
   */
  public ModelFiles get(ModelId id, int input, List<String> classes) {
    ModelFiles first = get(id);
    ModelDescription description = ModelDescription.read(first.description());
    if (description.input() == input && description.classes().equals(classes)) {
      return first;
    }
    String key = input + "\n" + String.join("\n", classes);
    String hash = Sha256.hex(key.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    Path own = first.description().resolveSibling("model-" + hash + ".json");
    try {
      alone(
          () -> {
            if (!Files.exists(own)) {
              Path unfinished = unfinished();
              description.servingAs(input, classes).write(unfinished);
              force(unfinished);
              Files.move(unfinished, own, StandardCopyOption.ATOMIC_MOVE);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + own, e);
    }
    return new ModelFiles(first.weights(), own);
  }

  /** All stored models, by id. */
  public List<ModelId> ids() {
    if (!Files.exists(models)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(models)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .map(ModelId::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + models, e);
    }
  }

  /** The folder for the checkpoints of one round's training. */
  public Path checkpoints(RoundId round) {
    return checkpoints.resolve(round.campaign().value()).resolve("r" + round.number());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to);
    force(to);
  }

  /** Brings a file, or a folder's list of files, to the disk. */
  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /**
   * Writes while nobody else does, in this process or another: so whatever lies there unfinished is
   * of a writer who failed or was killed, and is removed before and after.
   */
  private void alone(Work work) throws IOException {
    synchronized (ModelStore.class) {
      if (!Files.isDirectory(models)) { // a link to a folder is one; createDirectories refuses it
        Files.createDirectories(models);
      }
      try (FileChannel channel =
          FileChannel.open(
              models.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // given back with the channel, or by the system when the process dies
        removeUnfinished();
        try {
          work.run();
        } finally {
          removeUnfinished();
        }
      }
    }
  }

  private Path unfinished() {
    return models.resolve(UNFINISHED + UUID.randomUUID());
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(models, UNFINISHED + "*")) {
      for (Path path : left) {
        if (Files.isDirectory(path)) {
          Files.deleteIfExists(path.resolve(WEIGHTS));
          Files.deleteIfExists(path.resolve(DESCRIPTION));
        }
        Files.deleteIfExists(path);
      }
    }
  }
}
