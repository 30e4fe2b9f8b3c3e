package dev.labelloop.activities.detector.yolox;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.detector.InitialModel;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.nn.ConvolutionSelfCheck;
import dev.labelloop.activities.detector.weights.Safetensors;
import dev.labelloop.activities.detector.weights.Tensor;
import dev.labelloop.activities.training.Checkpoints;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.activities.training.TrainingData;
import dev.labelloop.activities.training.YoloxTrainer;
import dev.labelloop.model.TrainingSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** YOLOX (arXiv 2107.08430), anchor-free; the family of small and fast detectors used here. */
public final class YoloxFamily implements DetectorFamily {
  private static final String NAME = "yolox";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> sizes() {
    return YoloxSize.ALL.stream().map(YoloxSize::name).toList();
  }

  @Override
  public void requireStart(String size, ModelFiles weights) {
    var unused = pretrained(size, weights);
  }

  @Override
  public InitialModel initial(
      String size,
      List<String> classes,
      @Nullable ModelFiles weights,
      int input,
      long seed,
      Path folder) {
    YoloxNetwork network = new YoloxNetwork(YoloxSize.named(size), classes.size());
    SortedMap<String, Tensor> tensors = RandomWeights.draw(network, seed);
    Set<String> known = new TreeSet<>();
    Map<String, String> provenance = Map.of("start", "random, seed " + seed);
    if (weights != null) {
      Pretrained start = pretrained(size, weights);
      HeadRows.copy(start.tensors, start.description.classes(), tensors, classes, known);
      provenance = Map.of("start", Safetensors.hash(start.tensors).value());
    }
    ModelFiles files =
        new ModelFiles(folder.resolve(ModelDescription.WEIGHTS), folder.resolve("model.json"));
    Safetensors.write(files.weights(), tensors);
    new ModelDescription(
            NAME + "-" + size,
            input,
            classes,
            weights == null,
            ModelDescription.WEIGHTS,
            provenance)
        .write(files.description());
    return new InitialModel(files, known);
  }

  @Override
  public Detector load(ModelFiles files) {
    return new YoloxDetector(files);
  }

  @Override
  public ModelFiles train(
      ModelFiles start,
      TrainingData data,
      TrainingSpec spec,
      Checkpoints checkpoints,
      Progress progress,
      Path folder) {
    return new YoloxTrainer(start, data, spec, checkpoints, progress).train(folder);
  }

  @Override
  public String selfCheck(String size, int classes, int input) {
    ConvolutionSelfCheck.Report report =
        ConvolutionSelfCheck.run(new YoloxNetwork(YoloxSize.named(size), classes).sites(input));
    return String.format(
        Locale.ROOT,
        "%d convolutions of %s-%s right within %.1g",
        report.sites(),
        NAME,
        size,
        report.worst());
  }

  /**
   * The network that a description tells of, without values.
   *
   * @param source names the description in errors
   * @throws InvalidModelException if it is of another family, of no known size, or has an input
   *     that the network's strides do not divide
   */
  public static YoloxNetwork network(ModelDescription description, Path source) {
    if (description.input() % YoloxNetwork.LARGEST_STRIDE != 0) {
      throw new InvalidModelException(
          source
              + ": 'input' is "
              + description.input()
              + ", must be a multiple of "
              + YoloxNetwork.LARGEST_STRIDE
              + ", such as 416");
    }
    String architecture = description.architecture();
    for (YoloxSize size : YoloxSize.ALL) {
      if (architecture.equals(NAME + "-" + size.name())) {
        return new YoloxNetwork(size, description.classes().size());
      }
    }
    throw new InvalidModelException(
        source
            + " tells of architecture '"
            + architecture
            + "', which is none of the family yolox: name other weights");
  }

  private static void requireArchitecture(ModelDescription source, String size, ModelFiles files) {
    if (!source.architecture().equals(NAME + "-" + size)) {
      throw new InvalidModelException(
          files.description()
              + " tells of architecture '"
              + source.architecture()
              + "' where the specification asks for '"
              + NAME
              + "-"
              + size
              + "': change model.family and model.size, or name other weights");
    }
  }

  /** Weights whose tensors are those that their description tells of. */
  private record Pretrained(ModelDescription description, SortedMap<String, Tensor> tensors) {}

  private static Pretrained pretrained(String size, ModelFiles weights) {
    ModelDescription description = ModelDescription.read(weights.description());
    requireArchitecture(description, size, weights);
    SortedMap<String, Tensor> tensors = Safetensors.read(weights.weights());
    network(description, weights.description()).requireFits(tensors, weights.weights().toString());
    return new Pretrained(description, tensors);
  }
}
