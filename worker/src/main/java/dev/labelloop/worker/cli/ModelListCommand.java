package dev.labelloop.worker.cli;

import dev.labelloop.activities.storage.ModelStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the models of a home. */
@Command(name = "list", description = "List the models of a home.")
final class ModelListCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "The home (default: ./${DEFAULT-VALUE}).")
  private Path home;

  /** The answer in JSON. */
  record Answer(List<ModelText> models) {}

  @Override
  public Integer call() {
    ModelStore store = new ModelStore(Inputs.folder("--home", home));
    List<ModelText> models = store.ids().stream().map(id -> ModelText.of(store, id)).toList();
    String text = models.stream().map(ModelText::line).collect(Collectors.joining());
    output.answer(new Answer(models), text.isEmpty() ? "no models" : text);
    return 0;
  }
}
