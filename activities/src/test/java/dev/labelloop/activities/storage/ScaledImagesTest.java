package dev.labelloop.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.ImageId;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledImagesTest {
  private static final int[] CORNERS = {0xff0000, 0x00ff00, 0x0000ff, 0xffff00};

  @TempDir private Path folder;
  private final ImageDecoder decoder = new ImageDecoder();
  private ScaledImages scaled;
  private final AtomicInteger reads = new AtomicInteger();

  @BeforeEach
  void open() {
    scaled = new ScaledImages(new FileCache(folder, 1 << 20), decoder);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void standUprightWhateverTheExifSays(int code) {
    byte[] stored = Pictures.jpeg(Pictures.storedFor(code, Pictures.corners(600, 400)));
    byte[] file = Pictures.withExif(stored, Pictures.tiff(code, ByteOrder.BIG_ENDIAN));

    RgbImage copy = decoder.decode(copy(file, 256), "copy");

    assertThat(copy.width()).isEqualTo(256);
    assertThat(copy.height()).isEqualTo(171); // 400 * 256 / 600 = 170.67
    assertColour(copy, 20, 20, CORNERS[0]);
    assertColour(copy, 236, 20, CORNERS[1]);
    assertColour(copy, 20, 150, CORNERS[2]);
    assertColour(copy, 236, 150, CORNERS[3]);
  }

  @Test
  void areNeverLargerThanTheImage() {
    byte[] file = Pictures.file(Pictures.corners(60, 40), "png");

    byte[] copy = copy(file, 2048);

    assertThat(copy).startsWith(0xff, 0xd8);
    assertThat(decoder.probe(copy, "copy").width()).isEqualTo(60);
    assertThat(decoder.probe(copy, "copy").height()).isEqualTo(40);
  }

  @Test
  void areMadeOnceAndKept() throws IOException {
    byte[] file = Pictures.file(Pictures.corners(300, 300), "png");

    byte[] first = copy(file, 256);
    open(); // as a new process does
    byte[] second = copy(file, 256);

    assertThat(second).isEqualTo(first);
    assertThat(reads).hasValue(1);
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void areDecodedByOneOfManyWhoAsk() throws Exception {
    byte[] file = Pictures.file(Pictures.corners(900, 900), "png");
    ExecutorService people = Executors.newFixedThreadPool(8);
    try {
      Callable<byte[]> ask = () -> copy(file, 1024);
      List<Future<byte[]>> answers = people.invokeAll(Stream.generate(() -> ask).limit(8).toList());
      for (Future<byte[]> answer : answers) {
        assertThat(answer.get()).isEqualTo(copy(file, 1024));
      }
    } finally {
      people.shutdownNow();
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void areMadeAgainIfAPowerFailureCutThemOff() throws IOException {
    byte[] file = Pictures.file(Pictures.corners(300, 300), "png");
    byte[] whole = copy(file, 256);
    try (Stream<Path> all = Files.walk(folder)) {
      Path kept = all.filter(Files::isRegularFile).findFirst().orElseThrow();
      Files.write(kept, Arrays.copyOf(whole, whole.length / 2));
    }

    assertThat(copy(file, 256)).isEqualTo(whole);
    assertThat(reads).hasValue(2);
  }

  @Test
  void areNotMadeOfWhatIsNoImage() {
    byte[] file = "no image".getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> copy(file, 256)).isInstanceOf(ImageRejectedException.class);
  }

  private byte[] copy(byte[] file, int side) {
    ImageId id = ImageStore.idOf(file);
    return scaled.of(
        id,
        side,
        () -> {
          reads.incrementAndGet();
          return file;
        });
  }

  private static void assertColour(RgbImage image, int x, int y, int rgb) {
    int at = 3 * (y * image.width() + x);
    for (int channel = 0; channel < 3; channel++) {
      int wanted = (rgb >> (16 - 8 * channel)) & 0xff;
      assertThat(image.rgb()[at + channel] & 0xff).isBetween(wanted - 12, wanted + 12);
    }
  }
}
