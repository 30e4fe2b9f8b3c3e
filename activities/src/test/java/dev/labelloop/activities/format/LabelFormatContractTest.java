package dev.labelloop.activities.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format that is both written and read must do; a new one is one line here. */
class LabelFormatContractTest {
  /** What a format has room for, beyond boxes and class names. */
  private enum Keeps {
    IDS,
    CLASS_LIST,
    SCORES,
    IGNORE,
    SIZES
  }

  private record Format(String written, String read, Set<Keeps> keeps) {
    @Override
    public String toString() {
      return written;
    }
  }

  static Stream<Format> formats() {
    return Stream.of(
        new Format("coco", "coco", EnumSet.allOf(Keeps.class)),
        new Format("yolo", "yolo", Set.of(Keeps.CLASS_LIST)),
        new Format("yolo-scores", "yolo", Set.of(Keeps.CLASS_LIST, Keeps.SCORES)),
        new Format("labelstudio", "labelstudio-predictions", Set.of(Keeps.SCORES, Keeps.SIZES)),
        new Format("voc", "voc", Set.of(Keeps.CLASS_LIST, Keeps.IGNORE, Keeps.SIZES)),
        new Format(
            "voc-one-based", "voc-one-based", Set.of(Keeps.CLASS_LIST, Keeps.IGNORE, Keeps.SIZES)),
        new Format("labelme", "labelme", Set.of(Keeps.SIZES)),
        new Format("cvat", "cvat", Set.of(Keeps.CLASS_LIST, Keeps.SCORES, Keeps.SIZES)),
        new Format(
            "sagemaker", "sagemaker", Set.of(Keeps.IDS, Keeps.CLASS_LIST, Keeps.SCORES, Keeps.SIZES)));
  }

  private static final ClassTable ODD_CLASSES =
      new ClassTable(
          List.of(
              new ClassTable.Entry(7, "Lkw <gross> & \"rot\": 'x'"),
              new ClassTable.Entry(3, "car"),
              new ClassTable.Entry(90, "no box has it"),
              new ClassTable.Entry(12, "公共汽车 ü 🚌")));

  private static final List<ImageLabels> ODD_IMAGES =
      List.of(
          new ImageLabels(
              "a.jpg",
              1920,
              1080,
              List.of(
                  BoxLabel.of(new Box(0.1 + 0.2, 1e-7, 1 / 3.0, 0.5), 3),
                  BoxLabel.scored(new Box(0, 0, 1920, 1080), 0, 0.1234567890123),
                  new BoxLabel(new Box(100, 200, 50.5, 60.25), 1, null, true),
                  BoxLabel.of(new Box(100, 200, 50.5, 60.25), 1),
                  BoxLabel.of(new Box(100, 200, 50.5, 60.25), 0))),
          new ImageLabels("day 1/a.jpg", 33, 50_001, List.of(BoxLabel.of(new Box(1, 2, 3, 4), 1))),
          new ImageLabels("day 1/lot/a.jpg", 640, 480, List.of()),
          new ImageLabels(
              "nacht & <übung> 'ü'/a.b.JPG", 5, 7, List.of(BoxLabel.of(new Box(0, 0, 5, 7), 3))));

  @TempDir Path folder;

  @Test
  void holdsForEveryFormatThatIsWrittenAndRead() {
    Set<String> read =
        LabelFormats.IMPORTERS.stream()
            .map(LabelImporter::name)
            .filter(name -> !name.equals("labelstudio")) // answers, which only Label Studio writes
            .collect(Collectors.toSet());
    assertThat(formats().map(Format::read)).containsAll(read);
    assertThat(formats().map(Format::written))
        .containsAll(
            LabelFormats.EXPORTERS.stream()
                .map(LabelExporter::name)
                .filter(read::contains)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void bringsOddLabelsBack(Format format) throws Exception {
    assertBroughtBack(format, new LabelFile(ODD_CLASSES, ODD_IMAGES));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void bringsRealLabelsBack(Format format) throws Exception {
    for (String dataset : List.of("vehicles-openimages", "bccd", "aerial-cars")) {
      assertBroughtBack(format, Labels.real(dataset));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesTheSameBytesForTheSameLabels(Format format) throws Exception {
    Path first = written(format, new LabelFile(ODD_CLASSES, ODD_IMAGES));
    Path second = written(format, new LabelFile(ODD_CLASSES, ODD_IMAGES));
    List<Path> files = filesOf(first);
    assertThat(filesOf(second)).hasSameSizeAs(files);
    for (Path file : files) {
      assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void putsClassesInTheOrderOfTheCampaign(Format format) throws Exception {
    LabelFile labels = new LabelFile(ODD_CLASSES, ODD_IMAGES);
    Path target = written(format, labels);
    List<String> wanted = new ArrayList<>(ODD_CLASSES.names());
    wanted.add(0, "another");
    LabelFile back =
        LabelFormats.importer(format.read)
            .read(target, ImportChecks.of(Labels.knownOf(labels), wanted));
    assertThat(back.classes()).isEqualTo(ClassTable.of(wanted));
    assertSameBoxes(format, labels, back);
  }

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
    if (format.keeps.contains(Keeps.SIZES)) {
      assertThat(faults)
          .contains("'a.jpg' is said to have 1920 x 1080 pixels, but stands upright with 1080 x");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void takesTenThousandImagesOneByOne(Format format) throws Exception {
    int count = 10_000;
    List<WeakReference<ImageLabels>> given = new ArrayList<>();
    Iterator<ImageLabels> images =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  if (i == count - 1) {
                    System.gc();
                    long held = given.stream().filter(image -> image.get() != null).count();
                    assertThat(held).as("images kept while writing").isLessThan(10);
                  }
                  ImageLabels image = drawn(i);
                  given.add(new WeakReference<>(image));
                  return image;
                })
            .iterator();
    Path target = target(format);
    LabelFormats.exporter(format.written).export(ODD_CLASSES, images, target);
    LabelFile expected =
        new LabelFile(
            ODD_CLASSES,
            IntStream.range(0, count).mapToObj(LabelFormatContractTest::drawn).toList());
    placeImages(target, expected);
    LabelFile back =
        LabelFormats.importer(format.read)
            .read(target, new ImportChecks(Labels.knownOf(expected), null));
    assertSameBoxes(format, expected, back);
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
        LabelFormats.importer(format.read).read(target, checks);
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

  private static ImageLabels drawn(int number) {
    List<BoxLabel> boxes = new ArrayList<>();
    for (int i = 0; i < number % 4; i++) {
      boxes.add(BoxLabel.of(new Box(i * 10, number / 100.0, 5 + i / 3.0, 7), i));
    }
    return new ImageLabels("lot " + number % 10 + "/" + number + ".jpg", 640, 480, boxes);
  }

  private void assertBroughtBack(Format format, LabelFile labels) throws Exception {
    Path target = written(format, labels);
    LabelFile back =
        LabelFormats.importer(format.read)
            .read(target, new ImportChecks(Labels.knownOf(labels), null));
    if (format.keeps.contains(Keeps.IDS)) {
      assertThat(back.classes()).isEqualTo(labels.classes());
    } else if (format.keeps.contains(Keeps.CLASS_LIST)) {
      assertThat(back.classes().names()).isEqualTo(labels.classes().names());
    } else {
      assertThat(labels.classes().names()).containsAll(back.classes().names());
    }
    assertSameBoxes(format, labels, back);
  }

  private static void assertSameBoxes(Format format, LabelFile expected, LabelFile back) {
    Map<String, ImageLabels> byPath =
        back.images().stream().collect(Collectors.toMap(ImageLabels::path, image -> image));
    assertThat(byPath.keySet())
        .isEqualTo(expected.images().stream().map(ImageLabels::path).collect(Collectors.toSet()));
    for (ImageLabels image : expected.images()) {
      ImageLabels found = byPath.get(image.path());
      assertThat(found.width()).isEqualTo(image.width());
      assertThat(found.height()).isEqualTo(image.height());
      List<BoxLabel> boxes =
          image.boxes().stream()
              .filter(label -> format.keeps.contains(Keeps.IGNORE) || !label.ignore())
              .toList();
      assertThat(found.boxes()).hasSameSizeAs(boxes);
      for (int i = 0; i < boxes.size(); i++) {
        BoxLabel a = boxes.get(i);
        BoxLabel b = found.boxes().get(i);
        assertThat(back.classes().name(b.classIndex()))
            .isEqualTo(expected.classes().name(a.classIndex()));
        assertThat(b.ignore()).isEqualTo(a.ignore());
        if (format.keeps.contains(Keeps.SCORES) && a.score() != null) {
          assertThat(b.score()).isCloseTo(a.score(), within(1e-8));
        } else {
          assertThat(b.score()).isNull();
        }
        assertThat(b.box().x()).isCloseTo(a.box().x(), within(1e-3));
        assertThat(b.box().y()).isCloseTo(a.box().y(), within(1e-3));
        assertThat(b.box().right()).isCloseTo(a.box().right(), within(1e-3));
        assertThat(b.box().bottom()).isCloseTo(a.box().bottom(), within(1e-3));
      }
    }
  }

  private String faultsOf(Format format, Path source, ImportChecks checks) {
    try {
      LabelFormats.importer(format.read).read(source, checks);
    } catch (InvalidLabelsException e) {
      assertThat(e).hasMessageStartingWith(source.toString());
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError(format + " took " + source);
  }

  private Path written(Format format, LabelFile labels) throws IOException {
    Path target = target(format);
    LabelFormats.exporter(format.written)
        .export(labels.classes(), labels.images().iterator(), target);
    placeImages(target, labels);
    return target;
  }

  private Path target(Format format) throws IOException {
    Path target = Files.createTempDirectory(folder, "export");
    String ending = LabelFormats.exporter(format.written).ending();
    return ending.isEmpty() ? target : target.resolve("labels" + ending);
  }

  /** YOLO looks for its images; their sizes are known, so they are never opened. */
  private static void placeImages(Path target, LabelFile labels) throws IOException {
    if (Files.isDirectory(target)) {
      for (ImageLabels image : labels.images()) {
        Path file = target.resolve("images").resolve(image.path());
        Files.createDirectories(file.getParent());
        Files.createFile(file);
      }
    }
  }

  private static boolean isImage(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jpg");
  }

  private static List<Path> filesOf(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
