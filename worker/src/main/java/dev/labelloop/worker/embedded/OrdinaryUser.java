package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL refuses to run as root; this is how root runs it nevertheless.
 *
 * @param prefix of a command that is to run as that user
 * @param owner number of the user who must own the data; null: whoever we are
 */
record OrdinaryUser(List<String> prefix, @Nullable Integer owner) {
  private static final OrdinaryUser OURSELVES = new OrdinaryUser(List.of(), null);

  /** In a user namespace of its own root is an ordinary user. */
  private static final OrdinaryUser NAMESPACE = new OrdinaryUser(List.of("unshare", "-U"), 0);

  /**
   * Containers often forbid user namespaces. Then as the user "nobody", who keeps one right of
   * root's: to reach files, since the home and the programs may lie in a folder of root's.
   */
  private static final OrdinaryUser NOBODY =
      new OrdinaryUser(
          List.of(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override"),
          65534);

  private static final Duration SOON = Duration.ofMinutes(1);

  /**
   * The way that this machine allows.
   *
   * @throws EmbeddedException if it allows none
   */
  static OrdinaryUser ofThisMachine(Children children) {
    if (!isRoot()) {
      return OURSELVES;
    }
    StringBuilder problems = new StringBuilder();
    for (OrdinaryUser way : List.of(NAMESPACE, NOBODY)) {
      Children.Result result = children.run(SOON, way.command(List.of("true")));
      if (result.ok()) {
        return way;
      }
      problems.append("; ").append(way.prefix.get(0)).append(": ").append(result.output().strip());
    }
    throw new EmbeddedException(
        "PostgreSQL does not run as root, and this machine gives root no other user for it"
            + problems
            + ". Run as an ordinary user, or give a running server with --database"
            + " jdbc:postgresql://…");
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** The command as that user runs it. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /** Makes the folder that user's: it may have been made in another way, on another machine. */
  void own(Path folder, Children children) {
    if (owner == null || owner.equals(ownerOf(folder))) {
      return;
    }
    Children.Result result =
        children.run(SOON, List.of("chown", "-R", "-h", owner + ":" + owner, folder.toString()));
    if (!result.ok()) {
      throw new EmbeddedException(
          "cannot give " + folder + " to user " + owner + ": " + result.output().strip());
    }
  }

  private static Object ownerOf(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:uid");
    } catch (IOException e) {
      throw new EmbeddedException("cannot look at " + folder + ": " + e.getMessage(), e);
    }
  }
}
