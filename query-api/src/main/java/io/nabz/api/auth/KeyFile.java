package io.nabz.api.auth;

import static java.util.Objects.requireNonNull;

import io.nabz.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The keys of sources in one JSON file. It may be written while the API runs: the file is replaced
 * as a whole, and the API looks for a newer one.
 */
public final class KeyFile {
  /** How a key begins, so that it is told from a token and found by scanners of leaked secrets. */
  static final String PREFIX = "nbz_";

  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ID_CHARS = 10;
  private static final int SECRET_BYTES = 32;

  private final Path file;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** The document in the file. */
  record Document(List<SourceKey> keys) {
    Document {
      keys = keys == null ? List.of() : List.copyOf(keys);
    }
  }

  /**
   * A key that was just made.
   *
   * @param text the key itself; shown once and kept nowhere
   */
  public record Fresh(SourceKey key, String text) {}

  /** There is no key of that id. */
  public static final class UnknownKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownKeyException(String id) {
      super("there is no key " + id + "; list them with ./nabz key list");
    }
  }

  public KeyFile(Path file, Clock clock) {
    this.file = requireNonNull(file, "file is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** All keys, those that have ended too. */
  public List<SourceKey> list() {
    try {
      return Files.exists(file)
          ? Json.read(Files.readAllBytes(file), Document.class).keys()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the keys in " + file + "; mend the file or make new keys without it", e);
    }
  }

  /**
   * Makes a key.
   *
   * @param life null for a key that does not end by itself
   * @throws IllegalArgumentException saying what is wrong with the arguments
   */
  public Fresh create(
      String tenant, String source, Set<Scope> scopes, Duration life, Integer eventsPerSecond) {
    Instant now = clock.instant();
    String id = id();
    String secret = secret();
    SourceKey key =
        new SourceKey(
            id,
            hash(secret),
            tenant,
            source,
            scopes.stream().map(Scope::code).collect(Collectors.toSet()),
            now,
            life == null ? null : now.plus(life),
            eventsPerSecond);
    change(keys -> with(keys, key));
    return new Fresh(key, PREFIX + id + '_' + secret);
  }

  /**
   * Makes a key that may do the same, and ends the old one after the grace.
   *
   * @throws UnknownKeyException when there is no such key
   */
  public Fresh rotate(String id, Duration grace) throws UnknownKeyException {
    SourceKey old = find(id);
    Instant end = clock.instant().plus(grace);
    Fresh fresh =
        create(
            old.tenant(),
            old.source(),
            old.grants(),
            old.expiresAt() == null ? null : Duration.between(old.createdAt(), old.expiresAt()),
            old.eventsPerSecond());
    end(id, old.isGoodAt(end) ? end : old.expiresAt());
    return fresh;
  }

  /**
   * Ends a key now.
   *
   * @throws UnknownKeyException when there is no such key
   */
  public void revoke(String id) throws UnknownKeyException {
    find(id);
    end(id, clock.instant());
  }

  private SourceKey find(String id) throws UnknownKeyException {
    return list().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new UnknownKeyException(id));
  }

  private void end(String id, Instant at) {
    change(keys -> keys.stream().map(key -> key.id().equals(id) ? key.endingAt(at) : key).toList());
  }

  /** One writer at a time, and never half a file. */
  private synchronized void change(UnaryOperator<List<SourceKey>> change) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      OwnerOnly.folder(folder);
      Path lockFile = folder.resolve(file.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Path fresh = Files.createTempFile(folder, "keys", ".new", OwnerOnly.fileAttributes());
        Files.write(fresh, Json.bytes(new Document(change.apply(list()))));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the keys in " + file + "; make the folder writable for this user", e);
    }
  }

  private static List<SourceKey> with(List<SourceKey> keys, SourceKey key) {
    List<SourceKey> all = new ArrayList<>(keys);
    all.add(key);
    return all;
  }

  private String id() {
    StringBuilder id = new StringBuilder(ID_CHARS);
    for (int i = 0; i < ID_CHARS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private String secret() {
    byte[] bits = new byte[SECRET_BYTES];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
