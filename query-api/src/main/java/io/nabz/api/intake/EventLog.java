package io.nabz.api.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where accepted events go. */
public interface EventLog {
  /**
   * Appends the records.
   *
   * @return completes when all of them are kept; fails with {@link UnavailableException} when that
   *     is not known of every one, though some may be kept then
   */
  CompletableFuture<Void> append(List<Outgoing> records);

  /** The log does not take records now; send them again later. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(Throwable cause) {
      super("the broker does not take records now", cause);
    }
  }
}
