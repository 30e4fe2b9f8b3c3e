package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How soon work goes on after a kill: seconds from the moment at which what was killed is up again
 * to the first sign of progress that was not there before.
 */
final class Recovery {
  /** The silence after which a process counts as dead is 10 s; then the work is given anew. */
  private static final double LONGEST = 15;

  /** A process or server that is not up by then will not be. */
  private static final Duration START = Duration.ofMinutes(2);

  private static final long LOOK_MILLIS = 100;

  private final Site site;
  private final double longest;
  private double workers = Double.NEGATIVE_INFINITY;
  private double servers = Double.NEGATIVE_INFINITY;

  /**
   * Nothing measured yet.
   *
   * @param slowness of this machine, at least 1: where the undisturbed campaign takes longer, so
   *     may the first sign of work
   */
  Recovery(Site site, double slowness) {
    this.site = site;
    this.longest = LONGEST * slowness;
  }

  /** The worst after the kill of a process of the product; negative if none was measured. */
  double workers() {
    return workers;
  }

  /** The worst after the kill of a server; negative if none was measured. */
  double servers() {
    return servers;
  }

  /** After the kill of the process that {@code run} is. */
  void ofProduct() throws Exception {
    Jvm jvm = site.product().jvm();
    workers = Math.max(workers, measure("run", () -> jvm.saysWithin(START, site.ready())));
  }

  /** After the kill of the second worker. */
  void ofWorker() throws Exception {
    Jvm jvm = site.worker().orElse(null);
    if (jvm != null) {
      workers = Math.max(workers, measure("worker", () -> jvm.saysWithin(START, Site.SERVING)));
    }
  }

  /** After the kill of a server. */
  void ofServer(String name) throws Exception {
    servers = Math.max(servers, measure(name, this::serversAnswer));
  }

  private interface Ready {
    boolean comes() throws Exception;
  }

  /** Negative if the campaign ends meanwhile, or nobody can tell. */
  private double measure(String what, Ready ready) throws Exception {
    if (!ready.comes()) {
      return Double.NEGATIVE_INFINITY;
    }
    long up = System.nanoTime();
    Endpoints endpoints = site.servers().endpoints().orElse(null);
    if (endpoints == null) {
      return Double.NEGATIVE_INFINITY;
    }
    try (Signs signs = new Signs(endpoints, site.campaign().name())) {
      Set<String> before = signs.look();
      if (!signs.areComplete(before)) {
        return Double.NEGATIVE_INFINITY;
      }
      while (!hasGrown(before, signs.look())) {
        if (site.endsWithin(Duration.ofMillis(LOOK_MILLIS))) {
          return Double.NEGATIVE_INFINITY;
        }
        if (System.nanoTime() - up > longest * 1e9) {
          throw new AssertionError(
              "work does not go on " + (int) longest + " s after " + what + " is up: " + before);
        }
      }
      return (System.nanoTime() - up) / 1e9;
    } catch (IllegalStateException e) {
      return Double.NEGATIVE_INFINITY; // Temporal has just gone again
    }
  }

  private static boolean hasGrown(Set<String> before, Set<String> now) {
    Set<String> more = new HashSet<>(now);
    more.removeAll(before);
    return !more.isEmpty();
  }

  private boolean serversAnswer() throws Exception {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      Endpoints endpoints = site.servers().endpoints().orElse(null);
      if (endpoints != null) {
        try (Signs signs = new Signs(endpoints, site.campaign().name())) {
          if (signs.areComplete(signs.look())) {
            return true;
          }
        } catch (IllegalStateException e) {
          // not yet
        }
      }
      if (site.endsWithin(Duration.ofMillis(LOOK_MILLIS))) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new AssertionError("the servers do not answer " + START.toSeconds() + " s after a kill");
  }
}
