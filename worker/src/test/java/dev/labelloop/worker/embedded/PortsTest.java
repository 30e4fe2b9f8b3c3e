package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.worker.BadInputException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void refusesAWantedPortThatIsTakenAndNamesTheOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Ports.choose(port, 0, "--temporal-port"))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "port " + port + " is in use: name another with --temporal-port, or 0 for any");
      assertThat(Ports.choose(0, port, "--temporal-port")).isPositive().isNotEqualTo(port);
    }
  }

  @Test
  void keepsTheFormerPortWhileItIsFree() {
    int former = Ports.choose(0, 0, "--temporal-port");

    assertThat(Ports.choose(0, former, "--temporal-port")).isEqualTo(former);
  }
}
