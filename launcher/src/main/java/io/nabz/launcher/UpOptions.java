package io.nabz.launcher;

/**
 * What to run.
 *
 * @param bootstrapServers the user's own Kafka; null for the embedded broker
 * @param demoRate events of the demo a second
 */
record UpOptions(
    int port,
    int kafkaPort,
    int flinkPort,
    String bootstrapServers,
    boolean demo,
    double demoRate,
    long demoSeed) {
  UpOptions {
    requirePort("--port", port);
    requirePort("--kafka-port", kafkaPort);
    requirePort("--flink-port", flinkPort);
    requireDifferent("--port", port, "--kafka-port", kafkaPort);
    requireDifferent("--port", port, "--flink-port", flinkPort);
    requireDifferent("--kafka-port", kafkaPort, "--flink-port", flinkPort);
    if (!(demoRate > 0 && demoRate <= 10_000)) {
      throw new IllegalArgumentException("--demo-rate must be more than 0 and at most 10000");
    }
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(option + " must be 0 (any free one) to 65535");
    }
  }

  private static void requireDifferent(String option, int port, String other, int otherPort) {
    if (port != 0 && port == otherPort) {
      throw new IllegalArgumentException(option + " and " + other + " must differ");
    }
  }
}
