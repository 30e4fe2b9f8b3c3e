package dev.labelloop.activities.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.activities.training.DrawnShapes;
import dev.labelloop.activities.training.FolderCheckpoints;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.core.ModelId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.TrainingSpec;
import dev.labelloop.prediction.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every family of detectors must keep; a family's test extends it. */
abstract class DetectorContract {
  private static final int SIDE = 96;
  private static final long SEED = 5;
  private static final List<String> CLASSES = List.of("rectangle", "disc");

  @TempDir private Path folder;

  abstract DetectorFamily family();

  /** Training that learns eight pictures by heart from random weights in some ten seconds. */
  abstract TrainingSpec byHeart(int input);

  @Test
  void learnsEightShapesByHeartAndSaysTheSameWhenLoadedAgain() throws IOException {
    DrawnShapes shapes = new DrawnShapes(8, SIDE);
    ModelFiles trained =
        family()
            .train(
                initial("start").files(),
                shapes,
                byHeart(SIDE),
                new FolderCheckpoints(make("checkpoints")),
                (step, steps, loss) -> {},
                make("trained"));

    List<Inference> first = look(trained, shapes);
    for (int i = 0; i < first.size(); i++) {
      LabelledBox truth = shapes.examples().get(i).boxes().get(0);
      Detection best = first.get(i).detections().get(0);
      assertThat(best.classIndex()).as("class of picture %d", i).isEqualTo(truth.classIndex());
      assertThat(best.box().iou(truth.box())).as("overlap in picture %d", i).isGreaterThan(0.6);
      assertThat(best.confidence()).as("confidence in picture %d", i).isGreaterThan(0.3);
    }
    assertSame(look(copyOf(trained), shapes), first);
  }

  @Test
  void theSameArgumentsDrawTheSameModel() throws IOException {
    ModelId first = hash(initial("first").files());

    assertThat(hash(initial("second").files())).isEqualTo(first);
    ModelFiles other =
        family().initial(size(), CLASSES, null, SIDE, SEED + 1, make("other")).files();
    assertThat(hash(other)).isNotEqualTo(first);
  }

  @Test
  void anInitialModelSaysWhatItIs() throws IOException {
    InitialModel initial = initial("start");

    ModelDescription description = ModelDescription.read(initial.files().description());
    assertThat(description.architecture()).isEqualTo(family().name() + "-" + size());
    assertThat(description.classes()).isEqualTo(CLASSES);
    assertThat(description.input()).isEqualTo(SIDE);
    assertThat(description.random()).isTrue();
    assertThat(initial.knownClasses()).isEmpty();
    assertThat(DetectorFamilies.of(description).name()).isEqualTo(family().name());
    try (Detector detector = family().load(initial.files())) {
      assertThat(detector.classes()).isEqualTo(CLASSES);
    }
  }

  @Test
  void pictureByPictureOrAllAtOnceIsTheSame() throws IOException {
    DrawnShapes shapes = new DrawnShapes(3, SIDE);
    ModelFiles files = initial("start").files();
    List<Inference> together = look(files, shapes);
    List<Inference> alone = new ArrayList<>();
    try (Detector detector = family().load(files)) {
      for (RgbImage picture : pictures(shapes)) {
        alone.addAll(detector.detect(List.of(picture)));
      }
      assertThat(detector.detect(List.of())).isEmpty();
    }
    assertSame(alone, together);
  }

  @Test
  void refusesWeightsThatAreCutOff() throws IOException {
    ModelFiles files = initial("start").files();
    byte[] bytes = Files.readAllBytes(files.weights());
    Files.write(files.weights(), Arrays.copyOf(bytes, bytes.length - 10));

    assertThatThrownBy(() -> family().load(files))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(files.weights().toString())
        .hasMessageContaining("fetch it again");
    assertThatThrownBy(() -> startFrom(files))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(files.weights().toString());
  }

  @Test
  void refusesAModelWithoutDescription() throws IOException {
    ModelFiles files = initial("start").files();
    Files.delete(files.description());

    assertThatThrownBy(() -> family().load(files))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("no model.json beside the weights");
  }

  @Test
  void refusesAModelOfAnotherArchitecture() throws IOException {
    ModelFiles files = initial("start").files();
    for (String other : List.of("other-nano", family().name() + "-gigantic")) {
      ModelDescription description = ModelDescription.read(files.description());
      new ModelDescription(
              other,
              description.input(),
              description.classes(),
              false,
              description.weights(),
              description.provenance())
          .write(files.description());

      assertThatThrownBy(() -> family().load(files))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(files.description().toString())
          .hasMessageContaining("'" + other + "'");
    }
  }

  @Test
  void refusesAModelWithAnotherNumberOfClasses() throws IOException {
    ModelFiles files = initial("start").files();
    ModelDescription description = ModelDescription.read(files.description());
    new ModelDescription(
            description.architecture(),
            description.input(),
            List.of("one"),
            false,
            description.weights(),
            description.provenance())
        .write(files.description());

    assertThatThrownBy(() -> family().load(files))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(files.weights().toString());
  }

  private String size() {
    return family().sizes().get(0);
  }

  private InitialModel initial(String name) throws IOException {
    return family().initial(size(), CLASSES, null, SIDE, SEED, make(name));
  }

  private InitialModel startFrom(ModelFiles files) throws IOException {
    return family().initial(size(), CLASSES, files, SIDE, SEED, make("from"));
  }

  private List<Inference> look(ModelFiles files, DrawnShapes shapes) {
    try (Detector detector = family().load(files)) {
      return detector.detect(pictures(shapes));
    }
  }

  private static List<RgbImage> pictures(DrawnShapes shapes) {
    return shapes.examples().stream().map(TrainingExample::image).map(shapes::picture).toList();
  }

  private ModelFiles copyOf(ModelFiles files) throws IOException {
    Path copy = make("copy");
    ModelFiles copied = new ModelFiles(copy.resolve("w.safetensors"), copy.resolve("model.json"));
    Files.copy(files.weights(), copied.weights());
    Files.copy(files.description(), copied.description());
    return copied;
  }

  private static void assertSame(List<Inference> actual, List<Inference> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).detections()).isEqualTo(expected.get(i).detections());
      assertThat(actual.get(i).embedding()).isEqualTo(expected.get(i).embedding());
    }
  }

  private Path make(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  static ModelId hash(ModelFiles files) {
    return Safetensors.hash(Safetensors.read(files.weights()));
  }
}
