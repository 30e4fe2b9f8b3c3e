package dev.labelloop.worker.embedded;

import dev.labelloop.worker.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
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
      return new SecretFile(file(postgres)).read();
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
      new SecretFile(file(postgres)).write(password);
      return password;
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + file(postgres) + ": " + e.getMessage(), e);
    }
  }
}
