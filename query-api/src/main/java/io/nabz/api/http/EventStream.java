package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveClient;
import io.nabz.api.live.LiveHub;
import io.nabz.api.live.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Turns a request into a stream of server-sent events that holds no thread while it is open. */
final class EventStream {
  private EventStream() {}

  /**
   * @param watch is given the client, and has it told what it is to see
   */
  static void open(Context ctx, LiveHub hub, Consumer<LiveClient> watch) {
    ctx.future(() -> start(ctx, hub, watch));
  }

  private static CompletableFuture<Void> start(
      Context ctx, LiveHub hub, Consumer<LiveClient> watch) {
    AsyncContext async = ctx.req().getAsyncContext();
    async.setTimeout(0);
    HttpServletResponse response = ctx.res();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    ServletWire wire;
    try {
      wire =
          new ServletWire(
              response.getOutputStream(),
              ServletContextRequest.getServletContextRequest(ctx.req()));
    } catch (IOException e) {
      throw new UncheckedIOException("the client has gone", e);
    }
    LiveClient client = hub.connect(wire, AccessGate.principal(ctx).expiresAt());
    watch.accept(client);
    wire.out.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() {
            client.onWritePossible();
          }

          @Override
          public void onError(Throwable error) {
            client.onError();
          }
        });
    return client.done();
  }

  /** The non-blocking output of a servlet container. */
  private static final class ServletWire implements Wire {
    private final ServletOutputStream out;
    private final ServletContextRequest request;

    ServletWire(ServletOutputStream out, ServletContextRequest request) {
      this.out = out;
      this.request = request;
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void abort() {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
  }
}
