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
    return new ApiOptions(
        KafkaSettings.of(bootstrapServers),
        DEFAULT_HOST,
        DEFAULT_PORT,
        dataDir,
        DEFAULT_REGION,
        null,
        true,
        null,
        DEFAULT_EVENTS_PER_SECOND,
        DEFAULT_READS_PER_SECOND,
        WebhookOptions.DEFAULT);
  }

  /**
   * Reads the {@code NABZ_*} variables; {@code /metrics} is public on loopback unless {@code
   * NABZ_METRICS_PUBLIC} says otherwise.
   *
   * @throws IllegalArgumentException saying which variable to set and to what
   */
  public static ApiOptions fromEnvironment(Map<String, String> environment) {
    String host = environment.getOrDefault("NABZ_LISTEN_HOST", DEFAULT_HOST);
    String servers =
        required(environment, "NABZ_BOOTSTRAP_SERVERS", "host:port of the Kafka brokers");
    String kafkaFile = environment.get("NABZ_KAFKA_PROPERTIES");
    String keysFile = environment.get("NABZ_KEYS_FILE");
    return new ApiOptions(
        kafkaFile == null
            ? KafkaSettings.of(servers)
            : KafkaSettings.load(servers, Path.of(kafkaFile)),
        host,
        number(environment, "NABZ_PORT", DEFAULT_PORT, "0..65535"),
        Path.of(required(environment, "NABZ_DATA_DIR", "a folder that is kept over restarts")),
        environment.getOrDefault("NABZ_DEFAULT_REGION", DEFAULT_REGION),
        oidc(environment),
        environment.containsKey("NABZ_METRICS_PUBLIC")
            ? Boolean.parseBoolean(environment.get("NABZ_METRICS_PUBLIC"))
            : isLoopback(host),
        keysFile == null ? null : Path.of(keysFile),
        number(environment, "NABZ_EVENTS_PER_SECOND", DEFAULT_EVENTS_PER_SECOND, "1 or more"),
        number(environment, "NABZ_READS_PER_SECOND", DEFAULT_READS_PER_SECOND, "1 or more"),
        WebhookOptions.DEFAULT.withPrivate(
            Boolean.parseBoolean(environment.get("NABZ_WEBHOOKS_PRIVATE"))));
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

  public ApiOptions withHost(String newHost) {
    return new ApiOptions(
        kafka,
        newHost,
        port,
        dataDir,
        defaultRegion,
        oidc,
        metricsPublic && isLoopback(newHost),
        keysFile,
        eventsPerSecond,
        readsPerSecond,
        webhooks);
  }

  public ApiOptions withPort(int newPort) {
    return new ApiOptions(
        kafka,
        host,
        newPort,
        dataDir,
        defaultRegion,
        oidc,
        metricsPublic,
        keysFile,
        eventsPerSecond,
        readsPerSecond,
        webhooks);
  }

  public ApiOptions withMetricsPublic(boolean newMetricsPublic) {
    return new ApiOptions(
        kafka,
        host,
        port,
        dataDir,
        defaultRegion,
        oidc,
        newMetricsPublic,
        keysFile,
        eventsPerSecond,
        readsPerSecond,
        webhooks);
  }

  public ApiOptions withReadsPerSecond(int newReadsPerSecond) {
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
        newReadsPerSecond,
        webhooks);
  }

  public ApiOptions withWebhooks(WebhookOptions newWebhooks) {
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
        newWebhooks);
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
