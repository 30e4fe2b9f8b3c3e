package dev.labelloop.worker.durability;

import dev.labelloop.core.CampaignName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Disturbs campaigns by seeded schedules, and demands of each the labels and models of a campaign
 * that nobody disturbed, every row once, every message answered, work that goes on soon, and
 * nothing left behind.
 */
final class Chaos {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** What the undisturbed campaign takes at most on two cores that do nothing else. */
  private static final double QUIET_SECONDS = 60;

  private final Path folder;
  private final Servers.Source servers;
  private final DrawnCampaign campaign;
  private final List<String> expected;
  private final double slowness;

  /** Runs the campaign undisturbed. */
  Chaos(Path folder, Servers.Source servers) throws Exception {
    this.folder = folder;
    this.servers = servers;
    this.campaign = DrawnCampaign.draw(folder, new CampaignName("chaos"));
    long start = System.nanoTime();
    this.expected = undisturbed();
    this.slowness = Math.max(1, (System.nanoTime() - start) / 1e9 / QUIET_SECONDS);
  }

  private List<String> undisturbed() throws Exception {
    Path home = folder.resolve("quiet");
    try (Site site = Site.quiet(campaign, home, servers.of(home))) {
      if (!site.endsWithin(LONGEST)) {
        throw new IllegalStateException("not done: " + site.product().jvm().said());
      }
      site.putAway();
      return Traces.of(site);
    }
  }

  /** Runs it once more under a schedule. */
  Table.Row disturbed(long seed) throws Exception {
    long start = System.nanoTime();
    Path home = folder.resolve("seed-" + seed);
    try (Site site = Site.disturbed(campaign, home, servers.of(home))) {
      Recovery recovery = new Recovery(site, slowness);
      String problem;
      try {
        disturb(site, new Schedule(seed), recovery);
        List<String> found = Traces.of(site);
        problem = found.equals(expected) ? "" : "differs: " + found + " instead of " + expected;
      } catch (AssertionError | IllegalStateException e) {
        problem = String.valueOf(e.getMessage());
      }
      return new Table.Row(
          seed,
          (System.nanoTime() - start) / 1e9,
          site.happened(),
          site.failedStarts(),
          recovery.workers(),
          recovery.servers(),
          problem);
    } finally {
      delete(home);
    }
  }

  private static void disturb(Site site, Schedule schedule, Recovery recovery) throws Exception {
    boolean ended = false;
    for (Schedule.Entry entry : schedule.entries()) {
      ended = site.endsWithin(entry.pause());
      if (ended) {
        break; // the last ones come too late
      }
      entry.what().befall(site, entry.random(), recovery);
    }
    if (!ended && !site.endsWithin(LONGEST)) {
      throw new IllegalStateException(
          "not done " + LONGEST + " after the last disturbance: " + site.product().jvm().said());
    }
    site.putAway();
  }

  static void delete(Path folder) throws IOException, InterruptedException {
    new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor();
  }
}
