package io.nabz.launcher.asterisk;

import static java.util.Objects.requireNonNull;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.Event;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Follows a queue log as it grows, through rotation, truncation and restarts. Its place is kept
 * only when the broker has what was read up to there, so after a crash some is sent again, with the
 * same ids.
 */
final class QueueLogFollower implements AutoCloseable {
  private final Path path;
  private final Path positionFile;
  private final QueueLogEvents events;
  private final ZoneId zone;
  private final EventSink sink;
  private LogFile file;
  private LogPosition position;
  private long lines;
  private long sent;
  private long unreadable;

  /**
   * @param events makes the mapping, given the calls that were going on
   * @param zone of times in the log that are no epoch seconds
   */
  QueueLogFollower(
      Path path,
      Path positionFile,
      Function<List<Calls.Call>, QueueLogEvents> events,
      ZoneId zone,
      EventSink sink) {
    this.path = requireNonNull(path, "path is null");
    this.positionFile = requireNonNull(positionFile, "positionFile is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.position = LogPosition.load(positionFile);
    this.events = events.apply(position.calls());
  }

  long lines() {
    return lines;
  }

  long sent() {
    return sent;
  }

  /** Lines that are none of a queue log, or say nothing of a customer or an agent. */
  long skipped() {
    return unreadable + events.skipped();
  }

  /** Sends all that there is now; how many lines that were. */
  long catchUp() throws IOException {
    long before = lines;
    if (file == null && !open()) {
      return 0;
    }
    read(false);
    while (isReplaced()) {
      // The old one is complete now, also its last line.
      read(true);
      close();
      if (!openAt(path, 0)) {
        break;
      }
      read(false);
    }
    return lines - before;
  }

  /** Finds the place where it was left, in the file itself or in what it was renamed to. */
  private boolean open() throws IOException {
    if (position.offset() > 0 && !isLeftIn(path)) {
      for (Path older : renamed()) {
        try (LogFile rest = LogFile.open(older)) {
          rest.seek(isLeftIn(older) ? position.offset() : 0);
          file = rest;
          read(true);
        } finally {
          file = null;
        }
      }
      return openAt(path, 0);
    }
    return openAt(path, position.offset());
  }

  private boolean isLeftIn(Path candidate) throws IOException {
    try (LogFile opened = LogFile.open(candidate)) {
      boolean same = position.inode() == null || position.inode().equals(opened.inode());
      return same && opened.beginsAs(position);
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      return false;
    }
  }

  /** What the log was renamed to since it was left, oldest first. */
  private List<Path> renamed() throws IOException {
    List<Path> siblings = new ArrayList<>();
    Path folder = path.toAbsolutePath().getParent();
    String name = path.getFileName().toString();
    if (!Files.isDirectory(folder)) {
      return siblings;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, name + "[.-]*")) {
      all.forEach(siblings::add);
    }
    siblings.removeIf(sibling -> sibling.toString().endsWith(".gz"));
    Path left = null;
    for (Path sibling : siblings) {
      if (isLeftIn(sibling)) {
        left = sibling;
      }
    }
    if (left == null) {
      System.err.println(
          "nabz asterisk: the log was rotated since, and what it was is gone or compressed;"
              + " going on with the new one");
      return List.of();
    }
    FileTime since = Files.getLastModifiedTime(left);
    List<Path> rest = new ArrayList<>();
    for (Path sibling : siblings) {
      if (sibling.equals(left) || Files.getLastModifiedTime(sibling).compareTo(since) > 0) {
        rest.add(sibling);
      }
    }
    rest.sort(Comparator.comparing(QueueLogFollower::modified));
    rest.remove(left);
    rest.add(0, left);
    return rest;
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private boolean openAt(Path opening, long offset) throws IOException {
    try {
      file = LogFile.open(opening);
      file.seek(offset);
      return true;
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      // Between a rotation and the first line after it there is none.
      file = null;
      return false;
    }
  }

  private boolean isReplaced() throws IOException {
    if (file == null || !Files.exists(path)) {
      return false;
    }
    String now = LogFile.inode(path);
    return now != null && !now.equals(file.inode());
  }

  private void read(boolean toTheEnd) throws IOException {
    // Copied and emptied in place: the same file, shorter or with another beginning.
    if (file.isTruncated() || (file.offset() > 0 && !file.beginsAs(position))) {
      file.seek(0);
    }
    while (true) {
      List<String> read = file.lines(toTheEnd);
      if (read.isEmpty()) {
        return;
      }
      for (String line : read) {
        lines++;
        send(line);
      }
      sink.flush();
      keep();
    }
  }

  private void send(String text) {
    QueueLogLine line = QueueLogLine.parse(text, zone);
    if (line == null) {
      unreadable++;
      return;
    }
    for (Event event : events.of(line)) {
      sink.send(event);
      sent++;
    }
  }

  private void keep() throws IOException {
    int headBytes = file.headBytes();
    position =
        new LogPosition(
            file.inode(), file.offset(), file.head(headBytes), headBytes, events.open());
    position.save(positionFile);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
