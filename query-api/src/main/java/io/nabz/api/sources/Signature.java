package io.nabz.api.sources;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.mapping.MappingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a system signs what it sends: HMAC-SHA256 over the body, or over the time, a dot and the
 * body; then what is older than five minutes is refused, since it may be a repetition.
 *
 * @param header that holds the signature, in lower case
 * @param prefix that stands before it there
 * @param hex whether it is written in hex; else in Base64
 * @param timestamp header with the seconds since 1970 that are signed too; null if none are
 */
public record Signature(String header, String prefix, boolean hex, String timestamp) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  public Signature {
    requireNonNull(header, "header is null");
    requireNonNull(prefix, "prefix is null");
  }

  static Signature read(JsonNode spec) {
    String encoding = spec.path("encoding").asText();
    if (!spec.hasNonNull("header") || !(encoding.equals("hex") || encoding.equals("base64"))) {
      throw new MappingException("signature: give header, and encoding as hex or base64");
    }
    return new Signature(
        spec.get("header").asText(),
        spec.path("prefix").asText(),
        encoding.equals("hex"),
        spec.path("timestamp").asText(null));
  }

  /**
   * Whether the body is signed with the secret.
   *
   * @param headers by lower-case name
   */
  public boolean holds(Map<String, String> headers, byte[] body, String secret, Instant now) {
    String given = headers.get(header);
    if (given == null || !given.startsWith(prefix)) {
      return false;
    }
    String at = timestamp == null ? null : headers.get(timestamp);
    if (timestamp != null && !isFresh(at, now)) {
      return false;
    }
    byte[] expected = sign(at, body, secret);
    String text =
        hex ? HexFormat.of().formatHex(expected) : Base64.getEncoder().encodeToString(expected);
    return MessageDigest.isEqual(ascii(text), ascii(given.substring(prefix.length()).strip()));
  }

  /** The signature bytes, as the sender makes them. */
  byte[] sign(String at, byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      if (at != null) {
        mac.update(ascii(at + '.'));
      }
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static boolean isFresh(String seconds, Instant now) {
    try {
      return seconds != null
          && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                  .abs()
                  .compareTo(TOLERANCE)
              <= 0;
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
