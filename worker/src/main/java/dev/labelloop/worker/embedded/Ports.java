package dev.labelloop.worker.embedded;

import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
final class Ports {
  private Ports() {}

  /**
   * The port to listen on.
   *
   * @param wanted by a person; 0: any
   * @param former one, kept where it is free so that links stay right; 0: none
   * @param option that a person gives it by, for the message
   * @throws BadInputException if the wanted one is taken
   */
  static int choose(int wanted, int former, String option) {
    if (wanted != 0) {
      if (!isFree(wanted)) {
        throw new BadInputException(
            "port " + wanted + " is in use: name another with " + option + ", or 0 for any");
      }
      return wanted;
    }
    return former != 0 && isFree(former) ? former : any();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = open(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int any() {
    try (ServerSocket socket = open(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedException("no free port on the loopback address: " + e.getMessage(), e);
    }
  }

  private static ServerSocket open(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
