package dev.labelloop.worker.durability;

import java.util.random.RandomGenerator;

/** What befalls a campaign from outside. */
enum Disturbance {
  /** SIGKILL of the process; PostgreSQL and Temporal stay behind. */
  KILL_PROCESS,
  /** SIGKILL of the process and of both servers at once. */
  KILL_ALL,
  /** SIGTERM of the process, as at a reboot. */
  ASK_TO_END,
  /** SIGKILL of Temporal under the running process. */
  KILL_TEMPORAL,
  /** SIGKILL of PostgreSQL under the running process. */
  KILL_POSTGRES,
  /** Every connection to the database is cut, whatever it does just now. */
  CUT_CONNECTIONS,
  /** The process stands still for longer than the silence after which it counts as dead. */
  FREEZE,
  /** Messages that come twice, late, early, and for batches that nobody knows. */
  CONFUSE;

  /** One of them, all equally likely. */
  static Disturbance draw(RandomGenerator random) {
    return values()[random.nextInt(values().length)];
  }
}
