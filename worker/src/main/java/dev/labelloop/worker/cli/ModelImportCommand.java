package dev.labelloop.worker.cli;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.ModelDescription;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.storage.ModelStore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a model into a home. */
@Command(name = "import", description = "Check a model and copy it into a home.")
final class ModelImportCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Parameters(
      paramLabel = "PATH",
      description = "Safetensors file with model.json beside it, or their folder.")
  private Path path;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "The home (default: ./${DEFAULT-VALUE}).")
  private Path home;

  @Override
  public Integer call() {
    ModelFiles files = ModelFiles.at(path);
    try (Detector detector =
        DetectorFamilies.of(ModelDescription.read(files.description())).load(files)) {
      ModelStore store = new ModelStore(home);
      ModelText stored = ModelText.of(store, store.put(files));
      output.answer(stored, stored.line() + detector.classes().size() + " classes\n");
    }
    return 0;
  }
}
