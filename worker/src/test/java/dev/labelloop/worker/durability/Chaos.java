package dev.labelloop.worker.durability;

import dev.labelloop.activities.detector.DetectorFamilies;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.Draws;
import dev.labelloop.worker.demo.DemoDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Disturbs campaigns by a seeded schedule, and demands of each the labels and models of a campaign
 * that nobody disturbed, every row once, and nothing left behind.
 *
 * <p>Arguments: how many minutes, the first seed. It ends with the seed that is under way when the
 * time is up; the exit code is 1 if one failed.
 */
public final class Chaos {
  private static final CampaignName CAMPAIGN = new CampaignName("chaos");
  private static final int ROUNDS = 2;

  /** Seconds between disturbances, on average: several in each stage of so small a campaign. */
  private static final double CALM = 7;

  /** A process that stands still for 10 s counts as dead. */
  private static final Duration FROZEN = Duration.ofSeconds(14);

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Path folder;
  private final Path specification;

  private Chaos(Path folder) throws IOException {
    this.folder = folder;
    this.specification = prepare(folder);
  }

  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.parseLong(args[0]));
    long seed = Long.parseLong(args[1]);
    Path folder = Files.createTempDirectory("labelloop-chaos");
    Chaos chaos = new Chaos(folder);
    boolean passed = true;
    try {
      List<String> expected = chaos.undisturbed();
      System.out.println("seed  seconds  disturbances");
      do {
        passed &= chaos.row(seed++, expected);
      } while (System.nanoTime() < end);
    } finally {
      new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor();
    }
    System.exit(passed ? 0 : 1);
  }

  private List<String> undisturbed() throws Exception {
    Path home = folder.resolve("quiet");
    try (Product product = Product.run(specification, home)) {
      product.result(LONGEST);
    }
    return Traces.of(home, CAMPAIGN);
  }

  private boolean row(long seed, List<String> expected) throws Exception {
    long start = System.nanoTime();
    Map<Disturbance, Integer> happened = new TreeMap<>();
    String problem;
    try {
      List<String> found = disturbed(seed, happened);
      problem = found.equals(expected) ? "" : "differs: " + found + " instead of " + expected;
    } catch (AssertionError | IllegalStateException e) {
      problem = String.valueOf(e.getMessage());
    }
    StringJoiner list = new StringJoiner(", ");
    happened.forEach((what, times) -> list.add(times + " × " + what));
    System.out.printf(
        "%4d  %7.0f  %s%s%n",
        seed,
        (System.nanoTime() - start) / 1e9,
        list,
        problem.isEmpty() ? "" : "\n      FAILED: " + problem);
    return problem.isEmpty();
  }

  private List<String> disturbed(long seed, Map<Disturbance, Integer> happened) throws Exception {
    Path home = folder.resolve("seed-" + seed);
    RandomGenerator random = Draws.of(seed, "chaos");
    long end = System.nanoTime() + LONGEST.toNanos();
    Product product = Product.run(specification, home);
    try {
      while (!product.endsWithin(pause(random))) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("not done after " + LONGEST + ": " + product.said());
        }
        Disturbance disturbance = Disturbance.draw(random);
        if (disturb(product, disturbance, random)) {
          happened.merge(disturbance, 1, Integer::sum);
        }
        if (!product.isAlive()) {
          product.close();
          product = Product.run(specification, home);
        }
      }
      product.result(LONGEST);
    } finally {
      product.close();
    }
    return Traces.of(home, CAMPAIGN);
  }

  /** Exponential, so that any moment is as likely as another. */
  private static Duration pause(RandomGenerator random) {
    return Duration.ofMillis((long) (-1000 * CALM * Math.log(1 - random.nextDouble())));
  }

  /** Whether it came to that; some need servers that are up. */
  private static boolean disturb(Product product, Disturbance disturbance, RandomGenerator random)
      throws Exception {
    switch (disturbance) {
      case KILL_PROCESS -> product.killAlone();
      case KILL_ALL -> product.killAll();
      case ASK_TO_END -> product.askToEnd();
      case FREEZE -> product.freeze(FROZEN);
      case KILL_TEMPORAL -> {
        return product.killTemporal();
      }
      case KILL_POSTGRES -> {
        return product.killPostgres();
      }
      case CUT_CONNECTIONS -> {
        return product.endpoints().map(Traces::cutConnections).orElse(false);
      }
      case CONFUSE -> {
        return product.endpoints().map(at -> Traces.confuse(at, CAMPAIGN, random)).orElse(false);
      }
    }
    return true;
  }

  private static Path prepare(Path folder) throws IOException {
    DemoDataset scenes = DemoDataset.draw(folder.resolve("scenes"), 64, 12, 11);
    Path weights = Files.createDirectory(folder.resolve("weights"));
    // Random, but a model that knows the classes: so round 1 is predicted.
    DetectorFamilies.named("yolox").initial("nano", DemoDataset.classes(), null, 96, 1, weights);
    return Files.writeString(
        folder.resolve("chaos.yaml"),
        """
        name: %s
        classes: [%s]
        images: %s
        holdout: %s
        model: {weights: %s, input: 96}
        rounds: {max: %d}
        selection: {budget: 25%%}
        review: {tool: simulated, truth: %s, batchSize: 8}
        pseudoLabels: {mode: fixed, threshold: 0.5}
        training: {epochs: 12, batch: 8, seed: 3}
        promotion: {margin: -1}
        prediction: {shardSize: 4}
        """
            .formatted(
                CAMPAIGN,
                String.join(", ", DemoDataset.classes()),
                scenes.images(),
                scenes.gold(),
                weights,
                ROUNDS,
                scenes.truth()));
  }
}
