package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The password of a home's PostgreSQL: made once, in a file that its owner alone may read. */
final class PostgresPassword {
  private static final int BYTES = 24;

  private PostgresPassword() {}

  /** Where it lies. */
  static Path file(Path postgres) {
    return postgres.resolve("password");
  }

  /** Reads it, if there is one. */
  static Optional<String> find(Path postgres) {
    try {
      return Optional.of(Files.readString(file(postgres)).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedException("cannot read " + file(postgres) + ": " + e.getMessage(), e);
    }
  }

  /** Reads it, or makes it. */
  static String get(Path postgres) {
    return find(postgres).orElseGet(() -> make(postgres));
  }

  private static String make(Path postgres) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      Path fresh = postgres.resolve("password.new");
      Files.deleteIfExists(fresh); // of a start that was killed here
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(password.getBytes(StandardCharsets.UTF_8)));
        out.force(true); // the data that it opens is as durable
      }
      Files.move(fresh, file(postgres), StandardCopyOption.ATOMIC_MOVE);
      return password;
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + file(postgres) + ": " + e.getMessage(), e);
    }
  }
}
