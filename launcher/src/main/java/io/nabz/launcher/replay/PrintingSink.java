package io.nabz.launcher.replay;

import io.nabz.model.Event;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes events as NDJSON, as {@code --dry-run} does. */
public final class PrintingSink implements EventSink {
  private final OutputStream out;

  public PrintingSink(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /** Not {@code System.out}: that one hides a closed pipe, and a dry run would never end. */
  public static PrintingSink standardOutput() {
    return new PrintingSink(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void send(Event event) {
    try {
      out.write(event.toBytes());
      out.write('\n');
    } catch (IOException e) {
      throw new SinkFailed("standard output was closed", e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new SinkFailed("standard output was closed", e);
    }
  }

  @Override
  public void close() {
    // Whoever closes without a flush has already failed.
  }
}
