package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What befalls a campaign from outside. */
enum Disturbance {
  /** SIGKILL of the process; PostgreSQL and Temporal stay behind. */
  KILL_RUN {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      site.product().killAlone();
      site.happened(this);
      site.startWhatHasDied();
      if (random.nextBoolean()) {
        recovery.ofProduct();
      }
    }
  },
  /** SIGKILL of the second worker. */
  KILL_WORKER {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      Jvm worker = site.workerWithin(SERVERS_START).orElse(null);
      if (worker != null) {
        worker.kill();
        site.happened(this);
        site.startWhatHasDied();
        if (random.nextBoolean()) {
          recovery.ofWorker();
        }
      }
    }
  },
  /** SIGKILL of both processes and of both servers at once, as when a machine loses its power. */
  KILL_ALL {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      site.worker().ifPresent(Jvm::kill);
      site.product().killAll();
      site.happened(this);
      site.startWhatHasDied();
      if (random.nextBoolean()) {
        recovery.ofProduct();
      }
    }
  },
  /** SIGTERM of the process, as at a reboot. */
  END_RUN {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      site.product().jvm().askToEnd();
      site.happened(this);
    }
  },
  /** SIGKILL of Temporal under the running processes. */
  KILL_TEMPORAL {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      if (site.servers().temporal().filter(ProcessHandle::destroyForcibly).isPresent()) {
        site.happened(this);
        if (random.nextBoolean()) {
          recovery.ofServer("Temporal");
        }
      }
    }
  },
  /** SIGKILL of PostgreSQL under the running processes. */
  KILL_POSTGRES {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      if (site.servers().postgres().filter(ProcessHandle::destroyForcibly).isPresent()) {
        site.happened(this);
        if (random.nextBoolean()) {
          recovery.ofServer("PostgreSQL");
        }
      }
    }
  },
  /** SIGKILL of the reviewer's client in the middle of a request, or before its answer is read. */
  KILL_REVIEWER {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      String where = random.nextBoolean() ? Reviewer.HALF : Reviewer.SENT;
      Jvm reviewer = site.reviewer();
      site.layTrap(
          this,
          1,
          random,
          own -> {
            boolean there = reviewer.printsWithin(TRAP, where);
            reviewer.kill();
            return there;
          });
    }
  },
  /** The process stands still for twice the silence after which it counts as dead. */
  FREEZE_RUN {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      site.happened(this);
      site.product().jvm().freeze(FROZEN);
    }
  },
  /** The second worker stands still. */
  FREEZE_WORKER {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception {
      Jvm worker = site.workerWithin(SERVERS_START).orElse(null);
      if (worker != null) {
        site.happened(this);
        worker.freeze(FROZEN);
      }
    }
  },
  /** The disk that models are stored on is full for a while. */
  FILL_DISK {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      SmallDisk disk = site.disk().orElse(null);
      if (disk == null) {
        System.out.println("       no disk is filled: this process may not mount one");
        return;
      }
      long millis = 5_000L + random.nextInt(15_000);
      site.layTrap(
          this,
          1,
          random,
          own -> {
            disk.fill();
            try {
              TimeUnit.MILLISECONDS.sleep(millis);
            } finally {
              disk.free();
            }
            return true;
          });
    }
  },
  /** Every connection to the database is cut, whatever it does just now. */
  CUT_CONNECTIONS {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      if (site.servers().endpoints().filter(Cuts::all).isPresent()) {
        site.happened(this);
      }
    }
  },
  /** A connection is cut in the middle of a COPY. */
  CUT_COPY {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      site.layTrap(this, 1, random, own -> comesWith(site, Cuts::copy));
    }
  },
  /** Signals that come twice, late, early, in any order, and for batches that nobody knows. */
  CONFUSE_BY_SIGNALS {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      site.layTrap(this, 1, random, own -> comesWith(site, at -> site.confusion().signal(at, own)));
    }
  },
  /** Updates of that kind, from several clients at once. */
  CONFUSE_BY_UPDATES {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      site.layTrap(
          this, CLIENTS, random, own -> comesWith(site, at -> site.confusion().update(at, own)));
    }
  },
  /** Both kinds around the end of a round, so that some meet the change to a new run. */
  CONFUSE_AT_ROUNDS_END {
    @Override
    void befall(Site site, RandomGenerator random, Recovery recovery) {
      site.layTrap(
          this, CLIENTS, random, own -> site.confusion().atRoundsEnd(site.servers(), own, TRAP));
    }
  };

  private static final Duration FROZEN = Duration.ofSeconds(20);

  /** Longer than a campaign takes; with it, traps are taken away. */
  private static final Duration TRAP = Duration.ofMinutes(15);

  private static final Duration SERVERS_START = Duration.ofSeconds(30);
  private static final long TRY_AGAIN_MILLIS = 200;
  private static final int CLIENTS = 4;

  /** Lets it happen now, or lays a trap for it; notes with the site that it came to that. */
  abstract void befall(Site site, RandomGenerator random, Recovery recovery) throws Exception;

  /** Tries until servers are there that take it; false if none come. */
  private static boolean comesWith(Site site, Predicate<Endpoints> what)
      throws InterruptedException {
    long end = System.nanoTime() + TRAP.toNanos();
    while (System.nanoTime() < end) {
      if (site.servers().endpoints().filter(what).isPresent()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(TRY_AGAIN_MILLIS);
    }
    return false;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
