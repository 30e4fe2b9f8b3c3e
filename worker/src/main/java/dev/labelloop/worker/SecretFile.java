package dev.labelloop.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A secret in a file that its owner alone may read. */
public final class SecretFile {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  public SecretFile(Path file) {
    this.file = file;
  }

  /** Where it lies. */
  public Path path() {
    return file;
  }

  /**
   * Reads it, if there is one.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether nobody but its owner may read or write it.
   *
   * @throws IOException if it is not there
   */
  public boolean isPrivate() throws IOException {
    return OWNERS.containsAll(Files.getPosixFilePermissions(file));
  }

  /**
   * Writes it, whole or not at all: a process that is killed leaves what was there before.
   *
   * @throws IOException if it cannot be written
   */
  public void write(String secret) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh); // of a start that was killed here
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNERS));
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
      out.force(true); // what it opens is as durable
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
