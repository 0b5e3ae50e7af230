package io.nabz.api.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets and signatures as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has
 * them: HMAC-SHA256 over id, timestamp and body.
 */
final class Signing {
  static final String PREFIX = "whsec_";
  private static final int FRESH_BYTES = 32;

  /** As the specification asks for. */
  private static final int MIN_BYTES = 24;

  private static final int MAX_BYTES = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Signing() {}

  static String freshSecret() {
    byte[] bits = new byte[FRESH_BYTES];
    RANDOM.nextBytes(bits);
    return PREFIX + Base64.getEncoder().encodeToString(bits);
  }

  /**
   * @throws IllegalArgumentException saying what to send
   */
  static String checkedSecret(String secret) {
    try {
      int length = key(secret).length;
      if (secret.startsWith(PREFIX) && length >= MIN_BYTES && length <= MAX_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // Answered below with what to send; the cause would quote the secret.
    }
    throw new IllegalArgumentException(
        "secret: send whsec_ and base64 of 24 to 64 bytes, or leave it out to be given one");
  }

  /** The value of {@code webhook-signature}: one signature a secret, so that one can be changed. */
  static String signatures(List<String> secrets, String id, Instant at, byte[] body) {
    return secrets.stream()
        .map(secret -> "v1," + signature(secret, id, at, body))
        .collect(Collectors.joining(" "));
  }

  private static String signature(String secret, String id, Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      mac.update((id + '.' + at.getEpochSecond() + '.').getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder()
        .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
  }
}
