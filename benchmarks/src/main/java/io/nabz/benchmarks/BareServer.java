package io.nabz.benchmarks;

import io.javalin.Javalin;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The least that a Javalin can do: it reads a body and says 202, and answers with fixed bytes. */
final class BareServer {
  /** As many as the product's. */
  private static final int THREADS = 64;

  private static final byte[] ACKNOWLEDGED = {'{', '}'};

  private BareServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    byte[] snapshot = ApiSnapshots.json("C-000000", 1);
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.threadPool = new QueuedThreadPool(THREADS);
              config.routes.get("/readyz", ctx -> ctx.result(ACKNOWLEDGED));
              config.routes.post(
                  "/v1/events",
                  ctx -> {
                    if (ctx.bodyAsBytes().length > 0) {
                      ctx.status(202).contentType("application/json").result(ACKNOWLEDGED);
                    }
                  });
              config.routes.get(
                  "/v1/customers/{id}",
                  ctx -> ctx.contentType("application/json").result(snapshot));
            })
        .start("127.0.0.1", Integer.parseInt(System.getenv("NABZ_PORT")));
    new CountDownLatch(1).await();
  }
}
