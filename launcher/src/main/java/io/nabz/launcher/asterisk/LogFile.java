package io.nabz.launcher.asterisk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.model.StableHash;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One file of a log, open: it can be read to its end also after it was renamed or removed. */
final class LogFile implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  /** No line of the log is longer; what is, is passed over. */
  private static final int MAX_LINE = 64 * 1024;

  static final int HEAD = 256;

  private final RandomAccessFile file;
  private final String inode;
  private long offset;

  private LogFile(RandomAccessFile file, String inode) {
    this.file = file;
    this.inode = inode;
  }

  static LogFile open(Path path) throws IOException {
    return new LogFile(new RandomAccessFile(path.toFile(), "r"), inode(path));
  }

  /** What tells a file from another that takes its name; null where there is no such thing. */
  static String inode(Path path) throws IOException {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(path, "unix:ino").toString()
        : null;
  }

  String inode() {
    return inode;
  }

  long offset() {
    return offset;
  }

  void seek(long to) {
    offset = to;
  }

  /** Whether it has become shorter than what was read of it. */
  boolean isTruncated() throws IOException {
    return file.length() < offset;
  }

  /** Whether its beginning is the one that was seen before. */
  boolean beginsAs(LogPosition position) throws IOException {
    return position.headBytes() <= file.length()
        && (position.head() == null || position.head().equals(head(position.headBytes())));
  }

  int headBytes() {
    return (int) Math.min(HEAD, offset);
  }

  String head(int bytes) throws IOException {
    byte[] first = new byte[bytes];
    file.seek(0);
    file.readFully(first);
    return StableHash.id(new String(first, java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /**
   * The next whole lines, up to a piece of the file; empty at its end.
   *
   * @param toTheEnd whether what stands after the last line break is a line too, since nothing will
   *     follow it
   */
  List<String> lines(boolean toTheEnd) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.isEmpty()) {
      byte[] piece = new byte[PIECE];
      file.seek(offset);
      int length = Math.max(0, file.read(piece));
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n') {
          lines.add(new String(piece, start, i - start, UTF_8));
          start = i + 1;
        }
      }
      if (start == 0 && length >= MAX_LINE) {
        // No line of a queue log: look for its end in what follows.
        start = length;
      } else if (toTheEnd && lines.isEmpty() && length > 0) {
        lines.add(new String(piece, 0, length, UTF_8));
        start = length;
      }
      offset += start;
      if (start == 0) {
        break;
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
