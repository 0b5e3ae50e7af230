package io.nabz.api;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the API alone, as in a cluster: options from the environment, until SIGTERM. */
public final class ApiMain {
  private static final String LOG_CONFIG = "log4j2.configurationFile";

  static {
    // Before the first logger is made.
    if (System.getProperty(LOG_CONFIG) == null) {
      System.setProperty(LOG_CONFIG, "nabz-api-log4j2.properties");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(ApiMain.class);

  private ApiMain() {}

  public static void main(String[] args) throws InterruptedException {
    ApiOptions options;
    try {
      options = ApiOptions.fromEnvironment(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    ApiServer server;
    try {
      server = ApiServer.start(options);
    } catch (RuntimeException e) {
      LOG.error("the API cannot start", e);
      System.err.println("the API cannot start: " + e.getMessage());
      System.exit(1);
      return;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "nabz-stop"));
    LOG.info("the API listens on {}:{}", options.host(), server.port());
    stopped.await();
  }
}
