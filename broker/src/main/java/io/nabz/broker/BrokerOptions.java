package io.nabz.broker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to run a broker child.
 *
 * @param dataDir the broker's own folder; created when missing
 * @param port the loopback port, 0 for any free one
 * @param logFile where the child logs
 * @param jvmArgs further arguments of the child's JVM; they win over the small defaults
 * @param startTimeout how long the start may take
 */
public record BrokerOptions(
    Path dataDir, int port, Path logFile, List<String> jvmArgs, Duration startTimeout) {

  public BrokerOptions {
    dataDir = requireNonNull(dataDir, "dataDir is null").toAbsolutePath().normalize();
    logFile = requireNonNull(logFile, "logFile is null").toAbsolutePath().normalize();
    jvmArgs = List.copyOf(jvmArgs);
    requireNonNull(startTimeout, "startTimeout is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535 but is " + port);
    }
  }

  public static BrokerOptions of(Path dataDir) {
    return new BrokerOptions(
        dataDir, 0, dataDir.resolve("broker.log"), List.of(), Duration.ofSeconds(60));
  }

  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(dataDir, newPort, logFile, jvmArgs, startTimeout);
  }

  public BrokerOptions withLogFile(Path newLogFile) {
    return new BrokerOptions(dataDir, port, newLogFile, jvmArgs, startTimeout);
  }

  public BrokerOptions withJvmArgs(List<String> newJvmArgs) {
    return new BrokerOptions(dataDir, port, logFile, newJvmArgs, startTimeout);
  }
}
