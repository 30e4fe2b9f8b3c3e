package dev.labelloop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {
  @TempDir Path folder;

  @Test
  void theShippedConfigurationIsSound() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);

    configurator.doConfigure(Logging.class.getResource("/logback.xml"));

    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getLevel() > Status.INFO);
  }

  @Test
  void writesStackTracesToTheFileOfTheHome() throws Exception {
    Path file = folder.resolve("logs/labelloop.log");
    Logging.into(file);
    LoggerFactory.getLogger("test").error("it broke", new IllegalStateException("here"));

    assertThat(Files.readString(file))
        .contains("ERROR")
        .contains("it broke")
        .contains("java.lang.IllegalStateException: here")
        .contains("\tat ");
  }
}
