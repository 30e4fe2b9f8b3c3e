package dev.labelloop.activities.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format that is both written and read must do with good labels. */
class LabelFormatContractTest extends FormatTrial {
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
        LabelFormats.importer(format.read())
            .read(target, ImportChecks.of(Labels.knownOf(labels), wanted));
    assertThat(back.classes()).isEqualTo(ClassTable.of(wanted));
    assertSameBoxes(format, labels, back);
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
    LabelFormats.exporter(format.written()).export(ODD_CLASSES, images, target);
    LabelFile expected =
        new LabelFile(
            ODD_CLASSES,
            IntStream.range(0, count).mapToObj(LabelFormatContractTest::drawn).toList());
    placeImages(target, expected);
    LabelFile back =
        LabelFormats.importer(format.read())
            .read(target, new ImportChecks(Labels.knownOf(expected), null));
    assertSameBoxes(format, expected, back);
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
        LabelFormats.importer(format.read())
            .read(target, new ImportChecks(Labels.knownOf(labels), null));
    if (format.keeps().contains(Keeps.IDS)) {
      assertThat(back.classes()).isEqualTo(labels.classes());
    } else if (format.keeps().contains(Keeps.CLASS_LIST)) {
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
              .filter(label -> format.keeps().contains(Keeps.IGNORE) || !label.ignore())
              .toList();
      assertThat(found.boxes()).hasSameSizeAs(boxes);
      for (int i = 0; i < boxes.size(); i++) {
        BoxLabel a = boxes.get(i);
        BoxLabel b = found.boxes().get(i);
        assertThat(back.classes().name(b.classIndex()))
            .isEqualTo(expected.classes().name(a.classIndex()));
        assertThat(b.ignore()).isEqualTo(a.ignore());
        if (format.keeps().contains(Keeps.SCORES) && a.score() != null) {
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
}
