package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Servers that somebody else keeps up: each home has a namespace and a database of its own there.
 * They outlive any home, and nobody would start them again, so they are not killed.
 */
record GivenServers(Endpoints at) implements Servers {
  /** Homes on these servers. */
  static Source on(RealServers servers) {
    return home -> {
      try {
        return new GivenServers(servers.fresh());
      } catch (SQLException e) {
        throw new IllegalStateException("no database could be made", e);
      }
    };
  }

  @Override
  public List<String> options() {
    return List.of(
        "--temporal", at.temporal(), "--namespace", at.namespace(), "--database", at.database());
  }

  @Override
  public Optional<Endpoints> endpoints() {
    return Optional.of(at);
  }

  @Override
  public Optional<ProcessHandle> temporal() {
    return Optional.empty();
  }

  @Override
  public Optional<ProcessHandle> postgres() {
    return Optional.empty();
  }

  @Override
  public boolean dieWithTheHome() {
    return false;
  }

  @Override
  public <T> T afterwards(Function<Endpoints, T> work) {
    return work.apply(at);
  }
}
