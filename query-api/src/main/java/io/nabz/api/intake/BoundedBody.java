package io.nabz.api.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/** Reads a body into memory up to a limit that holds after inflation, and reads no more of it. */
public final class BoundedBody {
  public static final int MAX_BYTES = 10 << 20;

  private BoundedBody() {}

  /** A sender that takes longer holds a thread that others wait for. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The body came too slowly. */
  public static final class TooSlowException extends Exception {
    private static final long serialVersionUID = 1L;

    TooSlowException() {
      super(
          "the body took over %d s to come; send less at once".formatted(PATIENCE.toSeconds()),
          null,
          false,
          false);
    }
  }

  /** The body is over the limit. */
  public static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super(
          "the body is over %s; send it in several requests"
              .formatted(limit % (1 << 20) == 0 ? (limit >> 20) + " MiB" : (limit >> 10) + " KB"),
          null,
          false,
          false);
    }
  }

  public static byte[] read(InputStream in, boolean gzip, int limit)
      throws IOException, TooLargeException, TooSlowException {
    return read(in, gzip, limit, System::nanoTime);
  }

  static byte[] read(InputStream in, boolean gzip, int limit, LongSupplier nanoClock)
      throws IOException, TooLargeException, TooSlowException {
    long begun = nanoClock.getAsLong();
    InputStream source = gzip ? new GZIPInputStream(in) : in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
      if (out.size() + n > limit) {
        throw new TooLargeException(limit);
      }
      if (nanoClock.getAsLong() - begun > PATIENCE.toNanos()) {
        throw new TooSlowException();
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }
}
