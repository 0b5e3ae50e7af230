package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.live.LiveClient;
import io.nabz.api.live.LiveHub;
import io.nabz.api.live.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

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
    // Nothing is asked on this connection again, so that what is read from it can only be its end.
    response.setHeader("Connection", "close");
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
    async.addListener(new EndListener(client));
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
    client.done().thenRun(() -> end(async));
    new EndOfInput(wire.endPoint(), client).await();
    // Never completed: Javalin would go on with a request that the container may have recycled,
    // and its error handling then runs in circles.
    return new CompletableFuture<>();
  }

  private static void end(AsyncContext async) {
    try {
      async.complete();
    } catch (RuntimeException e) {
      // The connection broke and the container has ended the request already.
    }
  }

  /** Hears of every end of the request, also of those that no write would notice. */
  private record EndListener(LiveClient client) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      client.onError();
    }

    @Override
    public void onError(AsyncEvent event) {
      client.onError();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      client.onError();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  /**
   * Hears that the client has closed its side. Otherwise only a write that fails would tell, the
   * second after that, and Jetty makes four exceptions of each: much work just when many come back.
   */
  private record EndOfInput(EndPoint endPoint, LiveClient client) implements Callback {
    private static final int IGNORED_BYTES = 256;

    void await() {
      // False would mean that somebody else reads, and will hear of it instead.
      endPoint.tryFillInterested(this);
    }

    @Override
    public void succeeded() {
      ByteBuffer ignored = BufferUtil.allocate(IGNORED_BYTES);
      try {
        if (endPoint.fill(ignored) < 0) {
          client.onError();
        } else {
          await();
        }
      } catch (IOException e) {
        client.onError();
      }
    }

    @Override
    public void failed(Throwable error) {
      client.onError();
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
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

    EndPoint endPoint() {
      return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    @Override
    public void abort() {
      endPoint().close();
    }
  }
}
