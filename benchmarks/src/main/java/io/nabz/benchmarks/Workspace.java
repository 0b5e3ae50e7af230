package io.nabz.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The folder of one call of the harness and the child processes that live in it. Both are gone when
 * it is closed, and on Ctrl-C.
 */
final class Workspace implements AutoCloseable {
  private final Path folder;
  private final Deque<AutoCloseable> children = new ArrayDeque<>();
  private final Thread onExit = new Thread(this::end, "bench-end");
  private boolean ended;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /**
   * @param parent where to make the folder; null for the system's place for temporary files
   */
  static Workspace create(Path parent) {
    try {
      Path folder =
          parent == null
              ? Files.createTempDirectory("nabz-bench-")
              : Files.createTempDirectory(Files.createDirectories(parent), "nabz-bench-");
      Workspace workspace = new Workspace(folder);
      Runtime.getRuntime().addShutdownHook(workspace.onExit);
      return workspace;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder can be made; name a writable --work-dir", e);
    }
  }

  synchronized Path folder(String name) {
    checkNotEnded();
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized <T extends AutoCloseable> T keep(T child) {
    children.push(child);
    if (ended) {
      clear();
      checkNotEnded();
    }
    return child;
  }

  /** Ends all children, the youngest first, and deletes their files. */
  synchronized void clear() {
    while (!children.isEmpty()) {
      AutoCloseable child = children.pop();
      try {
        child.close();
      } catch (Exception e) {
        Progress.say("%s did not end well: %s", child.getClass().getSimpleName(), e.getMessage());
      }
    }
    try {
      delete(folder);
    } catch (IOException e) {
      Progress.say("%s could not be deleted: %s", folder, e.getMessage());
    }
  }

  private synchronized void end() {
    ended = true;
    clear();
  }

  private void checkNotEnded() {
    if (ended) {
      throw new BenchException("interrupted");
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already and the hook is doing, or has done, the same.
    }
  }

  static long bytesIn(Path folder) {
    long[] bytes = {0};
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes[0];
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
