package dev.labelloop.activities.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format that is read must do with bad labels. */
class LabelFormatRefusalTest extends FormatTrial {
  @ParameterizedTest
  @MethodSource("formats")
  void namesAClassThatTheCampaignDoesNotHave(Format format) throws Exception {
    LabelFile labels = new LabelFile(ODD_CLASSES, ODD_IMAGES);
    Path target = written(format, labels);
    ImportChecks checks =
        ImportChecks.of(Labels.knownOf(labels), List.of(ODD_CLASSES.name(0), ODD_CLASSES.name(3)));
    assertThat(faultsOf(format, target, checks)).contains("'car' is none of");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void namesAnImageThatIsNotThereOrHasAnotherSize(Format format) throws Exception {
    LabelFile labels = new LabelFile(ODD_CLASSES, ODD_IMAGES);
    Path target = written(format, labels);
    Map<String, ImageSize> sizes = new HashMap<>();
    labels.images().forEach(image -> sizes.put(image.path(), new ImageSize(1080, 1920)));
    sizes.remove("day 1/lot/a.jpg");
    ImportChecks checks = new ImportChecks(KnownImages.of(sizes, Map.of()), null);
    String faults = faultsOf(format, target, checks);
    assertThat(faults).contains("'day 1/lot/a.jpg' is not in the image folder");
    if (format.keeps().contains(Keeps.SIZES)) {
      assertThat(faults)
          .contains("'a.jpg' is said to have 1920 x 1080 pixels, but stands upright with 1080 x");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void refusesWhatIsNotThereOrOfNoFormat(Format format) throws Exception {
    assertThat(faultsOf(format, folder.resolve("nowhere"), ImportChecks.ANY)).contains(": give ");
    Path file = Files.writeString(folder.resolve("empty"), "");
    assertThat(faultsOf(format, file, ImportChecks.ANY)).isNotEmpty();
    assertThat(faultsOf(format, folder, ImportChecks.ANY)).isNotEmpty();
  }

  /** Bytes are changed, cut and doubled; whatever comes of it is read or refused in words. */
  @ParameterizedTest
  @MethodSource("formats")
  void neverFailsInAnotherWayThanWithARefusal(Format format) throws Exception {
    LabelFile labels = new LabelFile(ODD_CLASSES, ODD_IMAGES);
    Path target = written(format, labels);
    ImportChecks checks = new ImportChecks(Labels.knownOf(labels), null);
    List<Path> files = filesOf(target).stream().filter(file -> !isImage(file)).toList();
    Random random = new Random(42);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      Path file = files.get(random.nextInt(files.size()));
      byte[] good = Files.readAllBytes(file);
      Files.write(file, spoilt(good, random));
      try {
        LabelFormats.importer(format.read()).read(target, checks);
      } catch (InvalidLabelsException e) {
        assertThat(e).hasMessageStartingWith(target.toString());
        refused++;
      }
      Files.write(file, good);
    }
    assertThat(refused).as("refusals of 400 spoilt files").isGreaterThan(100);
  }

  private static byte[] spoilt(byte[] good, Random random) {
    if (good.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    byte[] bytes = good.clone();
    int at = random.nextInt(good.length);
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      default -> {
        bytes = Arrays.copyOf(bytes, good.length + at);
        System.arraycopy(good, 0, bytes, good.length, at);
      }
    }
    return bytes;
  }

  private String faultsOf(Format format, Path source, ImportChecks checks) {
    try {
      LabelFormats.importer(format.read()).read(source, checks);
    } catch (InvalidLabelsException e) {
      assertThat(e).hasMessageStartingWith(source.toString());
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError(format + " took " + source);
  }

  private static boolean isImage(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jpg");
  }
}
