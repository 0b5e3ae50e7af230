package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the keys of sources. Looks for a newer file at most once a second, so a key that was made,
 * rotated or revoked has its effect then, without a restart.
 */
public final class SourceKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SourceKeys.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A key with no end of its own is asked again before this. */
  private static final Duration GOOD_FOR = Duration.ofHours(1);

  private final Path path;
  private final KeyFile file;
  private final Clock clock;
  private volatile Map<String, SourceKey> keys = Map.of();
  private FileTime readAs;
  private Instant lookAgainAt = Instant.MIN;

  public SourceKeys(Path path, Clock clock) {
    this.path = requireNonNull(path, "path is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.file = new KeyFile(path, clock);
  }

  /** Whether the text is a key of a source, good or not, and not a token. */
  public static boolean isKey(String text) {
    return text.startsWith(KeyFile.PREFIX);
  }

  /**
   * @throws AuthException when the key is unknown or has ended
   */
  public Principal verify(String text) throws AuthException {
    Instant now = clock.instant();
    lookForNews(now);
    int secretAt = text.indexOf('_', KeyFile.PREFIX.length());
    if (!isKey(text) || secretAt < 0) {
      throw refused();
    }
    SourceKey key = keys.get(text.substring(KeyFile.PREFIX.length(), secretAt));
    if (key == null
        || !MessageDigest.isEqual(
            ascii(key.hash()), ascii(KeyFile.hash(text.substring(secretAt + 1))))
        || !key.isGoodAt(now)) {
      throw refused();
    }
    return new Principal(
        "key:" + key.id(),
        key.source(),
        Set.of(),
        key.grants(),
        key.tenant(),
        key.expiresAt() == null ? now.plus(GOOD_FOR) : key.expiresAt(),
        key.eventsPerSecond());
  }

  private static AuthException refused() {
    return new AuthException(
        "the key is unknown, revoked or over; make one with ./nabz key create");
  }

  private synchronized void lookForNews(Instant now) {
    if (now.isBefore(lookAgainAt)) {
      return;
    }
    lookAgainAt = now.plus(LOOK_EVERY);
    try {
      FileTime modified = Files.exists(path) ? Files.getLastModifiedTime(path) : null;
      if (modified == null) {
        keys = Map.of();
      } else if (!modified.equals(readAs)) {
        keys =
            file.list().stream()
                .collect(
                    Collectors.toMap(SourceKey::id, Function.identity(), (one, other) -> other));
      }
      readAs = modified;
    } catch (IOException | UncheckedIOException e) {
      // What was read before stays good: a broken edit must not stop the feeds.
      LOG.warn("the keys of sources cannot be read anew: {}", e.getMessage());
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
