package dev.labelloop.worker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows on standard error how far work is: a bar on a terminal, plain lines elsewhere. */
interface ProgressView extends AutoCloseable {
  /** Shows a new state. */
  void show(Shown shown);

  @Override
  void close();

  /** The view that suits where standard error goes. */
  static ProgressView onStandardError() {
    PrintStream err = System.err;
    return isTerminal() ? new BarView(err) : new LineView(err, System::nanoTime);
  }

  /** Java knows a console only if no stream is redirected; Linux knows each stream. */
  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux: plain lines are right anywhere
    }
  }
}
