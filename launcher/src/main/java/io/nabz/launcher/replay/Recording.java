package io.nabz.launcher.replay;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The lines of a recorded file, plain or gzipped (told by its first bytes, not by its name). */
final class Recording implements AutoCloseable {
  /**
   * Longer lines are skipped with a refusal, so that a file without line ends cannot fill memory.
   */
  static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  private final Counting counting;
  private final InputStream text;
  private final long totalBytes;
  private byte[] buffer = new byte[4096];
  private boolean tooLong;
  private long lineNumber;

  /**
   * @param totalBytes size of the raw input, or -1 when unknown
   */
  Recording(InputStream raw, long totalBytes) throws IOException {
    this.counting = new Counting(raw);
    this.totalBytes = totalBytes;
    PushbackInputStream pushback = new PushbackInputStream(counting, 2);
    byte[] magic = pushback.readNBytes(2);
    pushback.unread(magic);
    boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    this.text =
        new BufferedInputStream(gzip ? new GZIPInputStream(pushback, 1 << 16) : pushback, 1 << 16);
  }

  static Recording open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return new Recording(raw, Files.size(file));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The next line without its end, or null at the end of the recording. */
  String nextLine() throws IOException {
    int length = 0;
    tooLong = false;
    int c = text.read();
    if (c < 0) {
      return null;
    }
    lineNumber++;
    for (; c >= 0 && c != '\n'; c = text.read()) {
      if (length == MAX_LINE_BYTES) {
        tooLong = true;
        continue;
      }
      if (length == buffer.length) {
        buffer = java.util.Arrays.copyOf(buffer, length * 2);
      }
      buffer[length++] = (byte) c;
    }
    if (length > 0 && buffer[length - 1] == '\r') {
      length--;
    }
    int start = lineNumber == 1 && startsWithByteOrderMark(length) ? 3 : 0;
    return new String(buffer, start, length - start, StandardCharsets.UTF_8);
  }

  private boolean startsWithByteOrderMark(int length) {
    return length >= 3
        && buffer[0] == (byte) 0xEF
        && buffer[1] == (byte) 0xBB
        && buffer[2] == (byte) 0xBF;
  }

  /** Whether the last line was cut at {@link #MAX_LINE_BYTES}. */
  boolean tooLong() {
    return tooLong;
  }

  /** Number of the last line given, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  long bytesRead() {
    return counting.count;
  }

  long totalBytes() {
    return totalBytes;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      count += c < 0 ? 0 : 1;
      return c;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
