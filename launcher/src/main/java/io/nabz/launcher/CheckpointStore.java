package io.nabz.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The retained checkpoints of the embedded job: {@code chk-N} folders beside the files that
 * incremental checkpoints share. Flink forgets all but the one it was restored from, so leftovers
 * are swept here, before the job starts.
 */
final class CheckpointStore {
  static final int RETAINED = 3;
  private static final Pattern NAME = Pattern.compile("chk-(\\d+)");
  private static final String SET_ASIDE = "set-aside";

  private final Path root;

  CheckpointStore(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The sound checkpoints, newest first; what is wrong with each other one is told. */
  List<Checkpoint> usable(Consumer<String> tell) throws IOException {
    List<Checkpoint> usable = new ArrayList<>();
    for (Path dir : completed()) {
      try {
        usable.add(Checkpoint.read(dir));
      } catch (IOException e) {
        tell.accept("checkpoint %s is damaged: %s".formatted(dir.getFileName(), e.getMessage()));
        setAside(dir);
      }
    }
    return usable;
  }

  /** Keeps the newest of the given checkpoints and what they need, and deletes all else. */
  void sweep(List<Checkpoint> newestFirst) throws IOException {
    Set<Path> keep = new HashSet<>();
    newestFirst.stream()
        .limit(RETAINED)
        .forEach(
            checkpoint -> {
              keep.add(checkpoint.dir());
              keep.addAll(checkpoint.files().keySet());
            });
    for (Path entry : list(root)) {
      String name = entry.getFileName().toString();
      if (NAME.matcher(name).matches() && !keep.contains(entry)) {
        delete(entry);
      } else if (name.equals("shared") || name.equals("taskowned")) {
        for (Path file : list(entry)) {
          if (!keep.contains(file)) {
            delete(file);
          }
        }
      }
    }
  }

  /** Moves a checkpoint out of the way, for it would be written to again. */
  void setAside(Path dir) throws IOException {
    Path aside = Files.createDirectories(root.resolve(SET_ASIDE)).resolve(dir.getFileName());
    delete(aside);
    Files.move(dir, aside);
  }

  /** Folders with a complete description, newest first by their number. */
  private List<Path> completed() throws IOException {
    return list(root).stream()
        .filter(dir -> number(dir) >= 0 && Files.exists(dir.resolve(Checkpoint.METADATA)))
        .sorted(Comparator.comparingLong(CheckpointStore::number).reversed())
        .toList();
  }

  private static long number(Path dir) {
    Matcher name = NAME.matcher(dir.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private static List<Path> list(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(dir)) {
      return entries.toList();
    }
  }

  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw new FileSystemException(path.toString(), null, e.getCause().getMessage());
    }
  }
}
