package dev.labelloop.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  @TempDir private Path folder;

  @Test
  void givesBackWhatWasPutThere() {
    FileCache cache = new FileCache(folder.resolve("new"), 100);

    assertThat(cache.find("aa/one")).isNull();
    cache.put("aa/one", new byte[] {1, 2});
    cache.put("aa/one", new byte[] {3});

    assertThat(cache.find("aa/one")).containsExactly(3);
  }

  @Test
  void dropsWhatNobodyHasReadForLongest() throws IOException {
    FileCache cache = new FileCache(folder, 100);
    for (int i = 0; i < 9; i++) {
      cache.put("file" + i, new byte[10]);
      readBefore("file" + i, Duration.ofDays(9 - i));
    }
    cache.find("file0"); // read just now

    cache.put("file9", new byte[20]); // 110 bytes: down to 90

    assertThat(names()).doesNotContain("file1", "file2").contains("file0", "file3", "file9");
    assertThat(bytes()).isEqualTo(90);
  }

  @Test
  void countsWhatAnEarlierProcessLeft() throws IOException {
    Files.write(folder.resolve("old"), new byte[95]);
    readBefore("old", Duration.ofDays(1));

    new FileCache(folder, 100).put("new", new byte[10]);

    assertThat(names()).containsExactly("new");
  }

  @Test
  void goesOnWhereTheFolderCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("no-folder"));
    FileCache cache = new FileCache(file, 100);

    cache.put("one", new byte[1]);

    assertThat(cache.find("one")).isNull();
  }

  private void readBefore(String name, Duration age) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
