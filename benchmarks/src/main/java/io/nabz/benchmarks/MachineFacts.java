package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a reader must know of a figure: where it comes from. */
final class MachineFacts {
  /** Load per core from which on others are being measured too. */
  private static final double BUSY = 0.5;

  private MachineFacts() {}

  /** Name to value, in the order to print. */
  static Map<String, String> gather(String commandLine, LabOptions options) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", commandLine);
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("commit", commit());
    facts.put(
        "machine",
        "%d cores, %.1f GiB, %s %s, load average before the run %.2f"
            .formatted(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / (double) (1 << 30),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                system.getSystemLoadAverage()));
    if (system.getSystemLoadAverage() > BUSY * system.getAvailableProcessors()) {
      facts.put("WARNING", "the machine was busy with something else; these figures do not count");
    }
    facts.put(
        "versions",
        "%s %s, Flink %s, Kafka clients %s"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                EnvironmentInformation.getVersion(),
                AppInfoParser.getVersion()));
    facts.put("job JVM", String.join(" ", options.jobJvm()));
    facts.put("broker JVM", String.join(" ", options.brokerJvm()));
    facts.put(
        "harness JVM",
        "-Xmx%dm, %s"
            .formatted(
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName()));
    facts.put(
        "lab",
        "%d partitions, job parallelism %d, managed memory %d MiB; broker, job and load share the"
                .formatted(options.partitions(), options.parallelism(), options.managedMemoryMib())
            + " machine");
    return facts;
  }

  private static String commit() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      if (git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0) {
        return new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      }
      git.destroyForcibly();
    } catch (IOException e) {
      // No git here: the figures stand without it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "unknown";
  }
}
