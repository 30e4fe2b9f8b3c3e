package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a server has written to its log since it was started. */
final class ServerLog {
  private static final int MOST_LINES = 8;
  private static final long MOST_BYTES = 16 * 1024;

  private final Path file;
  private final long start;

  private ServerLog(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  /** From here on. */
  static ServerLog from(Path file) {
    return new ServerLog(file, file.toFile().length()); // 0 if there is none yet
  }

  /** The file. */
  Path file() {
    return file;
  }

  /** The last lines since the start, for an error message. */
  String tail() {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      long from = Math.max(start, in.size() - MOST_BYTES);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, in.size() - from));
      in.position(from);
      while (bytes.hasRemaining() && in.read(bytes) > 0) {
        // goes on until all is read
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }
}
