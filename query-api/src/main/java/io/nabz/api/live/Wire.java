package io.nabz.api.live;

import java.io.IOException;

/** The way to one client. No call blocks; used by one thread at a time. */
public interface Wire {
  /** Whether a write would go through now; if not, the client is told when it would. */
  boolean isReady();

  void write(byte[] bytes) throws IOException;

  /** Only after {@link #isReady()} has said yes again. */
  void flush() throws IOException;

  /** Cuts the connection, whatever is on its way. */
  void abort();
}
