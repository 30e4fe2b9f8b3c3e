package dev.labelloop.worker.cli;

import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.embedded.ServerPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything this machine must have. */
@Command(
    name = "doctor",
    description = "Check what this machine must have, fetch what is missing, say what to mend.")
final class DoctorCommand implements Callable<Integer> {
  private static final int JAVA = 17;

  /** A home of some thousand images with its models. */
  private static final long BYTES = 2L << 30;

  /** COCO's: the widest head that weights come with. */
  private static final int CLASSES = 80;

  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "Where a home would be (default: ./${DEFAULT-VALUE}).")
  private Path home;

  /**
   * One thing looked at.
   *
   * @param found what is there, or what is wrong and how to mend it
   */
  record Check(String name, boolean ok, String found) {}

  /** The answer in JSON. */
  record Answer(boolean ok, List<Check> checks) {}

  /** Finds something, or throws with words that say what to mend. */
  private interface Look {
    String find() throws IOException;
  }

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>();
    checks.add(check("java", DoctorCommand::java));
    checks.add(check("disk", this::disk));
    checks.add(check("user", ServerPrograms::user));
    checks.add(check("PostgreSQL", ServerPrograms::postgres));
    checks.add(
        check("Temporal", () -> ServerPrograms.temporal(spec.commandLine().getErr()::println)));
    checks.add(check("allocator", DoctorCommand::allocator));
    for (DetectorFamily family : DetectorFamilies.ALL) {
      checks.add(check(family.name(), () -> numerics(family)));
    }
    boolean ok = checks.stream().allMatch(Check::ok);
    StringBuilder text = new StringBuilder();
    checks.forEach(
        c ->
            text.append(
                String.format(
                    Locale.ROOT, "%-5s %-11s %s%n", c.ok ? "ok" : "MEND", c.name, c.found)));
    output.answer(new Answer(ok, checks), text.toString());
    return ok ? 0 : Cli.FAILURE;
  }

  /** Whatever is wrong with a thing is what the doctor tells. */
  private static Check check(String name, Look look) {
    try {
      return new Check(name, true, look.find());
    } catch (RuntimeException | LinkageError | IOException e) {
      return new Check(name, false, Cli.words(e));
    }
  }

  private static String java() {
    Runtime.Version version = Runtime.version();
    if (version.feature() < JAVA) {
      throw new IllegalStateException("Java " + version + " is too old: install Java 17 or newer");
    }
    return version
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors, "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MB for this process";
  }

  private String disk() throws IOException {
    Path existing = home.toAbsolutePath().normalize();
    while (!Files.exists(existing)) {
      existing = existing.resolveSibling("").toAbsolutePath().normalize();
    }
    long free = Files.getFileStore(existing).getUsableSpace();
    String found = (free >> 30) + " GB free at " + existing;
    if (free < BYTES || !Files.isWritable(existing)) {
      throw new IllegalStateException(
          found + ": free 2 GB there, or name a folder that can be written with --home");
    }
    return found;
  }

  private static String allocator() {
    boolean tuned =
        System.getenv().getOrDefault("LD_PRELOAD", "").contains("jemalloc")
            || System.getenv("MALLOC_MMAP_THRESHOLD_") != null;
    if (!tuned || System.getenv("GOMP_SPINCOUNT") == null) {
      throw new IllegalStateException(
          "the environment that libtorch needs is not set, training is several times slower: start"
              + " through ./labelloop");
    }
    return "set for libtorch";
  }

  private static String numerics(DetectorFamily family) {
    return family.selfCheck(family.sizes().get(0), CLASSES, CampaignSpec.Model.DEFAULT_INPUT);
  }
}
