package dev.labelloop.worker;

import dev.labelloop.worker.cli.Cli;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process. */
public final class Main {
  /** Held, for else its level is forgotten. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Main() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // pictures are drawn and decoded, never shown
    // The JDK's sockets, not netty's: a process killed at its start would leave their library in
    // the
    // temporary folder.
    System.setProperty("io.grpc.netty.shaded.io.netty.transport.noNative", "true");
    GRPC.setLevel(Level.OFF); // it prints stack traces of servers that we tell of in one line
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(Cli.run(out, err, args));
  }
}
