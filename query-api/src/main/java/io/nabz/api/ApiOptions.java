package io.nabz.api;

import static java.util.Objects.requireNonNull;

import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.webhooks.WebhookOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How to run the API.
 *
 * @param kafka where Kafka is and how to reach it
 * @param host the address to listen on; loopback unless told otherwise
 * @param port to listen on; 0 takes any free one
 * @param dataDir holds the views and the signing key
 * @param defaultRegion ISO 3166 code for phone numbers without a country code
 * @param oidc the OpenID Connect provider; null for the embedded issuer
 * @param metricsPublic whether {@code /metrics} needs no token; it holds no personal data
 * @param keysFile the keys of sources; null for the one beside the signing key
 * @param eventsPerSecond what one credential may send, unless its key says otherwise
 * @param readsPerSecond what one credential may ask
 * @param webhooks how other systems are told of alerts
 */
public record ApiOptions(
    KafkaSettings kafka,
    String host,
    int port,
    Path dataDir,
    String defaultRegion,
    Oidc oidc,
    boolean metricsPublic,
    Path keysFile,
    int eventsPerSecond,
    int readsPerSecond,
    WebhookOptions webhooks) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;
  public static final String DEFAULT_REGION = "IR";
  public static final String DEFAULT_AUDIENCE = "nabz";
  public static final int DEFAULT_EVENTS_PER_SECOND = 50_000;

  /** A page asks some times a second; a system that asks more than this wants a stream. */
  public static final int DEFAULT_READS_PER_SECOND = 1_000;

  /**
   * An OpenID Connect provider.
   *
   * @param issuer the {@code iss} of its tokens
   * @param jwksUrl where it publishes its keys
   * @param audience the {@code aud} that its tokens must have
   */
  public record Oidc(String issuer, URI jwksUrl, String audience) {
    public Oidc {
      requireNonNull(audience, "audience is null");
      if (issuer == null || jwksUrl == null) {
        throw new IllegalArgumentException(
            "set both NABZ_OIDC_ISSUER and NABZ_OIDC_JWKS_URL, or neither");
      }
    }
  }

  public ApiOptions {
    requireNonNull(kafka, "kafka is null");
    requireNonNull(host, "host is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
    requireNonNull(dataDir, "dataDir is null");
    requireNonNull(defaultRegion, "defaultRegion is null");
    if (eventsPerSecond < 1) {
      throw new IllegalArgumentException("NABZ_EVENTS_PER_SECOND must be 1 or more");
    }
    if (readsPerSecond < 1) {
      throw new IllegalArgumentException("NABZ_READS_PER_SECOND must be 1 or more");
    }
    requireNonNull(webhooks, "webhooks is null");
  }

  /** The embedded default: loopback, port 8080, tokens from the issuer of its own. */
  public static ApiOptions of(String bootstrapServers, Path dataDir) {
    return new Builder(KafkaSettings.of(bootstrapServers), dataDir).build();
  }

  /**
   * Reads the {@code NABZ_*} variables; {@code /metrics} is public on loopback unless {@code
   * NABZ_METRICS_PUBLIC} says otherwise.
   *
   * @throws IllegalArgumentException saying which variable to set and to what
   */
  public static ApiOptions fromEnvironment(Map<String, String> environment) {
    String servers =
        required(environment, "NABZ_BOOTSTRAP_SERVERS", "host:port of the Kafka brokers");
    String kafkaFile = environment.get("NABZ_KAFKA_PROPERTIES");
    String keysFile = environment.get("NABZ_KEYS_FILE");
    Builder options =
        new Builder(
            kafkaFile == null
                ? KafkaSettings.of(servers)
                : KafkaSettings.load(servers, Path.of(kafkaFile)),
            Path.of(required(environment, "NABZ_DATA_DIR", "a folder that is kept over restarts")));
    options.host = environment.getOrDefault("NABZ_LISTEN_HOST", DEFAULT_HOST);
    options.port = number(environment, "NABZ_PORT", DEFAULT_PORT, "0..65535");
    options.defaultRegion = environment.getOrDefault("NABZ_DEFAULT_REGION", DEFAULT_REGION);
    options.oidc = oidc(environment);
    options.metricsPublic =
        environment.containsKey("NABZ_METRICS_PUBLIC")
            ? Boolean.parseBoolean(environment.get("NABZ_METRICS_PUBLIC"))
            : isLoopback(options.host);
    options.keysFile = keysFile == null ? null : Path.of(keysFile);
    options.eventsPerSecond =
        number(environment, "NABZ_EVENTS_PER_SECOND", DEFAULT_EVENTS_PER_SECOND, "1 or more");
    options.readsPerSecond =
        number(environment, "NABZ_READS_PER_SECOND", DEFAULT_READS_PER_SECOND, "1 or more");
    options.webhooks =
        WebhookOptions.DEFAULT.withPrivate(
            Boolean.parseBoolean(environment.get("NABZ_WEBHOOKS_PRIVATE")));
    return options.build();
  }

  private static Oidc oidc(Map<String, String> environment) {
    String issuer = environment.get("NABZ_OIDC_ISSUER");
    String jwksUrl = environment.get("NABZ_OIDC_JWKS_URL");
    return issuer == null && jwksUrl == null
        ? null
        : new Oidc(
            issuer,
            jwksUrl == null ? null : URI.create(jwksUrl),
            environment.getOrDefault("NABZ_OIDC_AUDIENCE", DEFAULT_AUDIENCE));
  }

  public ApiOptions withPort(int newPort) {
    Builder changed = new Builder(this);
    changed.port = newPort;
    return changed.build();
  }

  public ApiOptions withReadsPerSecond(int newReadsPerSecond) {
    Builder changed = new Builder(this);
    changed.readsPerSecond = newReadsPerSecond;
    return changed.build();
  }

  public ApiOptions withWebhooks(WebhookOptions newWebhooks) {
    Builder changed = new Builder(this);
    changed.webhooks = newWebhooks;
    return changed.build();
  }

  /** The one place that knows the order of the components; begins with their defaults. */
  private static final class Builder {
    private final KafkaSettings kafka;
    private final Path dataDir;
    private String host = DEFAULT_HOST;
    private int port = DEFAULT_PORT;
    private String defaultRegion = DEFAULT_REGION;
    private Oidc oidc;
    private boolean metricsPublic = true;
    private Path keysFile;
    private int eventsPerSecond = DEFAULT_EVENTS_PER_SECOND;
    private int readsPerSecond = DEFAULT_READS_PER_SECOND;
    private WebhookOptions webhooks = WebhookOptions.DEFAULT;

    Builder(KafkaSettings kafka, Path dataDir) {
      this.kafka = kafka;
      this.dataDir = dataDir;
    }

    Builder(ApiOptions options) {
      this(options.kafka, options.dataDir);
      host = options.host;
      port = options.port;
      defaultRegion = options.defaultRegion;
      oidc = options.oidc;
      metricsPublic = options.metricsPublic;
      keysFile = options.keysFile;
      eventsPerSecond = options.eventsPerSecond;
      readsPerSecond = options.readsPerSecond;
      webhooks = options.webhooks;
    }

    ApiOptions build() {
      return new ApiOptions(
          kafka,
          host,
          port,
          dataDir,
          defaultRegion,
          oidc,
          metricsPublic,
          keysFile,
          eventsPerSecond,
          readsPerSecond,
          webhooks);
    }
  }

  /**
   * Where a browser on this machine finds the pages. It is the same name in every link, since a
   * session's cookie is good for one name only; and "all addresses" is none to go to.
   *
   * @param boundPort where the server listens, also when any free port was asked for
   */
  public String url(int boundPort) {
    String name =
        switch (host) {
          case DEFAULT_HOST, "0.0.0.0", "::" -> "localhost";
          default -> host.contains(":") ? '[' + host + ']' : host;
        };
    return "http://" + name + ':' + boundPort;
  }

  /** Where this replica's name is, under which it keeps what it has still to send. */
  Path replicaFile() {
    return dataDir.resolve("replica");
  }

  /** Where {@link io.nabz.api.auth.EmbeddedIssuer#open} finds this API's key. */
  public Path authDir() {
    return dataDir.resolve("auth");
  }

  /** Where the keys of sources are. */
  public Path keys() {
    return keysFile == null ? authDir().resolve("keys.json") : keysFile;
  }

  Path viewsDir() {
    return dataDir.resolve("views");
  }

  /** Where the sources are declared, one file each. */
  public Path sourcesDir() {
    return dataDir.resolve("sources");
  }

  Path searchDir() {
    return dataDir.resolve("search");
  }

  boolean listensOnLoopbackOnly() {
    return isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static int number(
      Map<String, String> environment, String name, int preset, String range) {
    String text = environment.get(name);
    if (text == null) {
      return preset;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number; set it to " + range, e);
    }
  }

  private static String required(Map<String, String> environment, String name, String what) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set; set it to " + what);
    }
    return value;
  }
}
