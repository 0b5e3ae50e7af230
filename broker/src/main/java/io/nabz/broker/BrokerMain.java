package io.nabz.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The child process: a combined controller and broker of KRaft Kafka on loopback. It says {@code
 * READY port} or {@code FAILED sentence} on standard output and ends when standard input ends, so
 * that it never outlives its parent.
 */
public final class BrokerMain {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  /** A broker whose parent was killed needs about a second to go; its heir waits for it. */
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(20);

  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(8);

  private BrokerMain() {}

  /** Arguments: data folder, port (0 for any free one). */
  public static void main(String[] args) {
    PrintStream toParent = System.out;
    // Whatever else is printed must not fill the pipe, which the parent reads only once.
    System.setOut(System.err);
    ignoreTerminalSignals();
    followParent();
    try {
      int port = run(Path.of(args[0]), Integer.parseInt(args[1]));
      toParent.println("READY " + port);
      toParent.flush();
    } catch (Exception | LinkageError e) {
      LOG.error("The broker did not start", e);
      toParent.println("FAILED " + sentence(e));
      toParent.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  private static int run(Path dataDir, int wantedPort) throws Exception {
    Files.createDirectories(dataDir);
    awaitLock(dataDir.resolve("broker.lock"));
    int port = freePort(wantedPort);
    int controllerPort = freePort(0);
    Properties config = config(dataDir.resolve("log"), port, controllerPort);
    format(dataDir.resolve("log"));
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(config, false), Time.SYSTEM);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> shutDown(server), "nabz-broker-shutdown"));
    server.startup();
    return port;
  }

  /** The lock is held until the process ends, by whatever death. */
  private static FileLock awaitLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long deadline = System.nanoTime() + PREDECESSOR_PATIENCE.toNanos();
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > deadline) {
        throw new BrokerException(
            "another broker uses " + file.getParent() + "; stop it or choose another folder");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), wanted));
      return socket.getLocalPort();
    } catch (BindException e) {
      throw new BrokerException(
          "port " + wanted + " is in use; free it or choose another (0 takes any free one)", e);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void format(Path logDir) throws Exception {
    // Written last and atomically: with it the folder is formatted, without it nothing is kept yet.
    if (Files.exists(logDir.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(logDir);
    new Formatter()
        .setPrintStream(System.err)
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(logDir.toString())
        .setMetadataLogDirectory(logDir.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setIgnoreFormatted(true)
        .run();
  }

  private static Properties config(Path logDir, int port, int controllerPort) {
    Properties config = new Properties();
    config.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "log.dirs", logDir.toString(),
            "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "controller.listener.names", "CONTROLLER",
            // A static quorum keeps the port out of the log, so that it may differ at each start.
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0"));
    // One node: nothing is replicated.
    config.putAll(
        Map.of(
            "default.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1"));
    // A small footprint: the cleaner's default buffer alone is 128 MiB.
    config.putAll(
        Map.of(
            "log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20),
            "log.cleaner.io.buffer.size", Integer.toString(256 << 10),
            "log.segment.bytes", Integer.toString(64 << 20),
            "log.index.size.max.bytes", Integer.toString(1 << 20),
            "offsets.topic.segment.bytes", Integer.toString(8 << 20),
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "group.coordinator.threads", "1"));
    config.put("metadata.max.idle.interval.ms", "10000");
    // After a kill the registration is refused until the dead broker's session ends: 9 s by
    // default, most of a cold start.
    config.put("broker.session.timeout.ms", "3000");
    config.put("broker.heartbeat.interval.ms", "500");
    return config;
  }

  private static void shutDown(KafkaRaftServer server) {
    Thread last =
        new Thread(
            () -> {
              LockSupport.parkNanos(SHUTDOWN_PATIENCE.toNanos());
              Runtime.getRuntime().halt(1);
            },
            "nabz-broker-deadline");
    last.setDaemon(true);
    last.start();
    server.shutdown();
    server.awaitShutdown();
  }

  /** Ctrl-C reaches the whole process group; the parent decides when its broker goes. */
  private static void ignoreTerminalSignals() {
    for (String name : new String[] {"INT", "HUP"}) {
      try {
        Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
      } catch (IllegalArgumentException e) {
        LOG.debug("Signal {} does not exist here", name);
      }
    }
  }

  @SuppressWarnings("SystemExitOutsideMain") // the process is this class
  private static void followParent() {
    Thread follower =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  continue;
                }
              } catch (IOException e) {
                LOG.debug("Standard input broke", e);
              }
              LOG.info("The parent is gone: stopping");
              System.exit(0);
            },
            "nabz-broker-parent");
    follower.setDaemon(true);
    follower.start();
  }

  private static String sentence(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof BrokerException) {
        return e.getMessage();
      }
      if (e instanceof BindException) {
        return "its port was taken while it started (" + e.getMessage() + "); try again";
      }
    }
    String message = failure.toString();
    return message.lines().findFirst().orElse(message);
  }
}
