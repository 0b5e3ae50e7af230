package io.nabz.api;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How to run the API.
 *
 * @param bootstrapServers of Kafka, {@code host:port,...}
 * @param host the address to listen on; loopback unless told otherwise
 * @param port to listen on; 0 takes any free one
 * @param dataDir holds the views and the signing key
 * @param defaultRegion ISO 3166 code for phone numbers without a country code
 * @param oidcIssuer the {@code iss} of an OpenID Connect provider; null for the embedded issuer
 * @param oidcJwksUrl where that provider publishes its keys; null with no issuer
 * @param oidcAudience the {@code aud} that its tokens must have
 * @param metricsPublic whether {@code /metrics} needs no token; it holds no personal data
 */
public record ApiOptions(
    String bootstrapServers,
    String host,
    int port,
    Path dataDir,
    String defaultRegion,
    String oidcIssuer,
    URI oidcJwksUrl,
    String oidcAudience,
    boolean metricsPublic) {
  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;
  public static final String DEFAULT_REGION = "IR";
  public static final String DEFAULT_AUDIENCE = "nabz";

  public ApiOptions {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    requireNonNull(host, "host is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535");
    }
    requireNonNull(dataDir, "dataDir is null");
    requireNonNull(defaultRegion, "defaultRegion is null");
    requireNonNull(oidcAudience, "oidcAudience is null");
    if ((oidcIssuer == null) != (oidcJwksUrl == null)) {
      throw new IllegalArgumentException(
          "set both NABZ_OIDC_ISSUER and NABZ_OIDC_JWKS_URL, or neither");
    }
  }

  /** The embedded default: loopback, port 8080, tokens from the issuer of its own. */
  public static ApiOptions of(String bootstrapServers, Path dataDir) {
    return new ApiOptions(
        bootstrapServers,
        DEFAULT_HOST,
        DEFAULT_PORT,
        dataDir,
        DEFAULT_REGION,
        null,
        null,
        DEFAULT_AUDIENCE,
        true);
  }

  /**
   * Reads the {@code NABZ_*} variables; {@code /metrics} is public on loopback unless {@code
   * NABZ_METRICS_PUBLIC} says otherwise.
   *
   * @throws IllegalArgumentException saying which variable to set and to what
   */
  public static ApiOptions fromEnvironment(Map<String, String> environment) {
    String host = environment.getOrDefault("NABZ_LISTEN_HOST", DEFAULT_HOST);
    String jwksUrl = environment.get("NABZ_OIDC_JWKS_URL");
    return new ApiOptions(
        required(environment, "NABZ_BOOTSTRAP_SERVERS", "host:port of the Kafka brokers"),
        host,
        port(environment.get("NABZ_PORT")),
        Path.of(required(environment, "NABZ_DATA_DIR", "a folder that is kept over restarts")),
        environment.getOrDefault("NABZ_DEFAULT_REGION", DEFAULT_REGION),
        environment.get("NABZ_OIDC_ISSUER"),
        jwksUrl == null ? null : URI.create(jwksUrl),
        environment.getOrDefault("NABZ_OIDC_AUDIENCE", DEFAULT_AUDIENCE),
        environment.containsKey("NABZ_METRICS_PUBLIC")
            ? Boolean.parseBoolean(environment.get("NABZ_METRICS_PUBLIC"))
            : isLoopback(host));
  }

  public ApiOptions withHost(String newHost) {
    return new ApiOptions(
        bootstrapServers,
        newHost,
        port,
        dataDir,
        defaultRegion,
        oidcIssuer,
        oidcJwksUrl,
        oidcAudience,
        metricsPublic && isLoopback(newHost));
  }

  public ApiOptions withPort(int newPort) {
    return new ApiOptions(
        bootstrapServers,
        host,
        newPort,
        dataDir,
        defaultRegion,
        oidcIssuer,
        oidcJwksUrl,
        oidcAudience,
        metricsPublic);
  }

  public ApiOptions withDefaultRegion(String newRegion) {
    return new ApiOptions(
        bootstrapServers,
        host,
        port,
        dataDir,
        newRegion,
        oidcIssuer,
        oidcJwksUrl,
        oidcAudience,
        metricsPublic);
  }

  public ApiOptions withOpenIdConnect(String issuer, URI jwksUrl, String audience) {
    return new ApiOptions(
        bootstrapServers,
        host,
        port,
        dataDir,
        defaultRegion,
        issuer,
        jwksUrl,
        audience,
        metricsPublic);
  }

  public ApiOptions withMetricsPublic(boolean newMetricsPublic) {
    return new ApiOptions(
        bootstrapServers,
        host,
        port,
        dataDir,
        defaultRegion,
        oidcIssuer,
        oidcJwksUrl,
        oidcAudience,
        newMetricsPublic);
  }

  /** Where {@link io.nabz.api.auth.EmbeddedIssuer#open} finds this API's key. */
  public Path authDir() {
    return dataDir.resolve("auth");
  }

  Path viewsDir() {
    return dataDir.resolve("views");
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

  private static int port(String text) {
    if (text == null) {
      return DEFAULT_PORT;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("NABZ_PORT is not a number; set it to 0..65535", e);
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
