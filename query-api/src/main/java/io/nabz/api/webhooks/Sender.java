package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.threads.DaemonThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Posts to addresses that others have chosen. The address that was checked is the one that is
 * connected to, so a name that answers differently the next time (DNS rebinding) gains nothing;
 * redirects are not followed; no thread waits for an answer.
 */
final class Sender implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int RESOLVERS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MAX_CONNECTIONS = 16;

  /**
   * What came of an attempt.
   *
   * @param status of the answer; 0 if there was none
   * @param error in a few words that hold nothing of the answer; null with a status
   * @param retryAfter what the other side asks for; null if it does not
   */
  record Answer(int status, String error, Duration retryAfter) {
    boolean isTaken() {
      return status >= 200 && status < 300;
    }
  }

  private final ExecutorService resolvers =
      Executors.newFixedThreadPool(RESOLVERS, new DaemonThreads("nabz-webhook-names"));
  private final HttpClient client = new HttpClient();
  private final WebhookOptions options;

  Sender(WebhookOptions options) {
    this.options = requireNonNull(options, "options is null");
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("nabz-webhooks");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setFollowRedirects(false);
    client.setConnectTimeout(CONNECT.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setSocketAddressResolver(new Guard());
    try {
      client.start();
      client.getContentDecoderFactories().clear();
    } catch (Exception e) {
      throw new IllegalStateException("the client of webhooks does not start", e);
    }
  }

  /** Posts JSON; never fails but with an answer that says so. */
  CompletableFuture<Answer> post(URI url, Map<String, String> headers, byte[] body) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      client
          .newRequest(url)
          .method("POST")
          .headers(fields -> headers.forEach(fields::put))
          .body(new BytesRequestContent("application/json", body))
          .timeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
          .send(result -> answer.complete(answer(result)));
    } catch (RuntimeException e) {
      answer.complete(new Answer(0, "cannot be sent: " + e.getClass().getSimpleName(), null));
    }
    return answer;
  }

  private static Answer answer(Result result) {
    if (result.isFailed()) {
      return new Answer(0, words(result.getFailure()), null);
    }
    String after = result.getResponse().getHeaders().get("Retry-After");
    return new Answer(result.getResponse().getStatus(), null, seconds(after));
  }

  private static String words(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof NotAllowedException) {
        return NotAllowedException.WORDS;
      }
      if (at instanceof TimeoutException) {
        return "no whole answer in time";
      }
      if (at instanceof UnknownHostException) {
        return "the name of the host does not resolve";
      }
    }
    return "no connection: " + failure.getClass().getSimpleName();
  }

  private static Duration seconds(String text) {
    try {
      return text == null ? null : Duration.ofSeconds(Math.max(0, Integer.parseInt(text.strip())));
    } catch (NumberFormatException e) {
      // A date, or nonsense: our own pace will do.
      return null;
    }
  }

  /** Why the host may not be called, or null if it may or is not known now. */
  static String refusal(String host, WebhookOptions options) {
    if (options.allowPrivate()) {
      return null;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!PublicAddresses.isPublic(address)) {
          return NotAllowedException.WORDS;
        }
      }
      return null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Resolves names, and only to addresses that may be called. */
  private final class Guard implements SocketAddressResolver {
    @Override
    public void resolve(
        String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) {
      resolvers.execute(
          () -> {
            try {
              List<InetSocketAddress> allowed = new ArrayList<>();
              for (InetAddress address : InetAddress.getAllByName(host)) {
                // One private address among public ones is a trap, so it spoils all of them.
                if (!options.allowPrivate() && !PublicAddresses.isPublic(address)) {
                  promise.failed(new NotAllowedException());
                  return;
                }
                allowed.add(new InetSocketAddress(address, port));
              }
              promise.succeeded(allowed);
            } catch (UnknownHostException e) {
              promise.failed(e);
            }
          });
    }
  }

  /** The address is none of the public internet's. */
  private static final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String WORDS =
        "the host has an address of this machine or of a private network; use a public one, or"
            + " set NABZ_WEBHOOKS_PRIVATE=true";

    NotAllowedException() {
      super(WORDS);
    }
  }

  @Override
  public void close() throws Exception {
    resolvers.shutdownNow();
    client.stop();
  }
}
