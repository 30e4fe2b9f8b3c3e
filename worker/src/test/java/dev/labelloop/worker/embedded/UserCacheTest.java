package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {
  @TempDir Path folder;

  @Test
  void fillsAnEntryOnceHoweverManyAskForIt() {
    AtomicInteger fills = new AtomicInteger();
    UserCache.Filler filler =
        entry -> {
          Files.writeString(entry.resolve("file"), "whole");
          return fills.incrementAndGet() > 0;
        };

    Stream.generate(() -> CompletableFuture.supplyAsync(() -> cache().get("entry", filler)))
        .limit(4)
        .toList()
        .forEach(entry -> assertThat(entry.join().orElseThrow().resolve("file")).exists());

    assertThat(fills).hasValue(1);
  }

  @Test
  void hasNoEntryThatIsNotWhole() throws Exception {
    assertThatThrownBy(
            () ->
                cache()
                    .get(
                        "entry",
                        entry -> {
                          Files.createFile(entry.resolve("half"));
                          throw new IOException("No space left on device");
                        }))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("set XDG_CACHE_HOME");
    Files.createDirectory(folder.resolve(".unfinished-of-a-killed-process"));

    assertThat(cache().get("entry", entry -> false)).isEqualTo(Optional.empty());

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::getFileName)).containsExactly(Path.of("lock"));
    }
  }

  private UserCache cache() {
    return new UserCache(folder);
  }
}
