package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The Temporal server and the PostgreSQL of one campaign: its home's own, or others. */
interface Servers {
  /** Makes those of a home that does not exist yet. */
  interface Source {
    Servers of(Path home);
  }

  /** What names them on the command line of {@code run}. */
  List<String> options();

  /** Where they are; empty while one of them is not there. */
  Optional<Endpoints> endpoints();

  /**
   * The process to kill if Temporal is to die; something starts it again. Empty if there is none.
   */
  Optional<ProcessHandle> temporal();

  /** The process to kill if PostgreSQL is to die; something starts it again. Empty if none. */
  Optional<ProcessHandle> postgres();

  /** Whether they die when a whole machine does: the next {@code run} starts them again. */
  boolean dieWithTheHome();

  /** Has them up for a while after the campaign's end. */
  <T> T afterwards(Function<Endpoints, T> work);
}
