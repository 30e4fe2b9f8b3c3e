package dev.labelloop.worker.durability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own under a folder, so small that it can be filled. */
final class SmallDisk implements AutoCloseable {
  /** Room for some models and checkpoints of a nano network, 4 MB and 11 MB each. */
  private static final String SIZE = "96m";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one over a new folder; empty where this process may not. */
  static Optional<SmallDisk> over(Path folder) throws IOException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!Files.exists(filler())) {
        throw full;
      }
    }
  }

  /** Gives it back. */
  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return folder.resolve(".filler");
  }

  @Override
  public void close() {
    if (!run("umount", folder.toString()) && !run("umount", "-l", folder.toString())) {
      throw new IllegalStateException("cannot unmount " + folder);
    }
  }
}
