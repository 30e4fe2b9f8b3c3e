package dev.labelloop.worker.durability;

import dev.labelloop.worker.RealServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs schedule after schedule and prints the table.
 *
 * <p>Arguments: how many minutes at least, the first seed, how many seeds at least. The exit code
 * is 1 if one failed.
 */
public final class ChaosRun {
  private ChaosRun() {}

  public static void main(String[] args) throws Exception {
    System.exit(run(args, servers()) ? 0 : 1);
  }

  /** Those that are given, as to the tests; else each home has its own. */
  private static Servers.Source servers() {
    return RealServers.given().map(GivenServers::on).orElse(HomeServers::new);
  }

  /** Whether all passed, on servers of this kind. */
  static boolean run(String[] args, Servers.Source servers) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.parseLong(args[0]));
    long first = Long.parseLong(args[1]);
    long least = Long.parseLong(args[2]);
    Path folder = Files.createTempDirectory("labelloop-chaos");
    boolean passed = true;
    try {
      Chaos chaos = new Chaos(folder, servers);
      Table table = new Table();
      table.head();
      for (long seed = first; seed < first + least || System.nanoTime() < end; seed++) {
        Table.Row row = chaos.disturbed(seed);
        table.add(row);
        passed &= row.problem().isEmpty();
      }
      table.foot();
    } finally {
      Chaos.delete(folder);
    }
    return passed;
  }
}
