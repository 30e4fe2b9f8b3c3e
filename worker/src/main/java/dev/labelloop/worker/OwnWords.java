package dev.labelloop.worker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Keeps from the terminal what libraries say of failures that this program tells in its own words;
 * the log file has it all.
 */
public final class OwnWords extends Filter<ILoggingEvent> {
  private static final List<String> TOLD_BY_US =
      List.of("io.temporal", "io.javalin", "org.eclipse.jetty", "com.zaxxer.hikari");

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return TOLD_BY_US.stream().anyMatch(event.getLoggerName()::startsWith)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
