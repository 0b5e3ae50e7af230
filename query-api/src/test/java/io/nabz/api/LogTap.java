package io.nabz.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.util.Throwables;

/** Hears everything that is logged while it is open, stack traces included. */
final class LogTap extends AbstractAppender implements AutoCloseable {
  private static final String OURS = "io.nabz";

  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogTap() {
    super("tap", null, null, true, Property.EMPTY_ARRAY);
  }

  static LogTap open() {
    LogTap tap = new LogTap();
    tap.start();
    LoggerContext context = LoggerContext.getContext(false);
    context.getConfiguration().getRootLogger().addAppender(tap, Level.DEBUG, null);
    context.updateLoggers();
    Configurator.setLevel(OURS, Level.DEBUG);
    return tap;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getMessage().getFormattedMessage());
    if (event.getThrown() != null) {
      lines.addAll(Throwables.toStringList(event.getThrown()));
    }
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    Configurator.setLevel(OURS, Level.WARN);
    LoggerContext context = LoggerContext.getContext(false);
    context.getConfiguration().getRootLogger().removeAppender("tap");
    context.updateLoggers();
    stop();
  }
}
