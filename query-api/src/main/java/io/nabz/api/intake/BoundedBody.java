package io.nabz.api.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads a body into memory up to a limit that holds after inflation. */
public final class BoundedBody {
  public static final int MAX_BYTES = 10 << 20;

  private BoundedBody() {}

  /** The body is over {@link #MAX_BYTES}. */
  public static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the body is over 10 MiB; send it in several requests", null, false, false);
    }
  }

  public static byte[] read(InputStream in, boolean gzip) throws IOException, TooLargeException {
    InputStream source = gzip ? new GZIPInputStream(in) : in;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[16_384];
    for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
      if (out.size() + n > MAX_BYTES) {
        throw new TooLargeException();
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }
}
