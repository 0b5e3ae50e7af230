package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds everything of one service, locked for as long as this object is open. The
 * lock ends with the process, so a killed service leaves nothing to clear away.
 */
final class DataDir implements AutoCloseable {
  static final Path DEFAULT = Path.of(".nabz");

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDir(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * @throws LaunchException when the folder cannot be used, or is in use
   */
  static DataDir open(Path dir) {
    Path root = dir.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      ownerOnly(root, "rwx------");
      DataDir opened = lock(root);
      Files.createDirectories(opened.logs());
      return opened;
    } catch (IOException e) {
      throw new LaunchException(
          "cannot write in the data folder %s (%s); make it writable or give another with"
                  .formatted(root, reason(e))
              + " --data-dir",
          e);
    }
  }

  private static DataDir lock(Path root) throws IOException {
    Path file = root.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new LaunchException(
          "Nabz already runs on %s (pid %s); stop it, or give another folder with --data-dir"
              .formatted(root, Files.readString(file).strip()));
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)));
    return new DataDir(root, channel, lock);
  }

  Path root() {
    return root;
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path logs() {
    return root.resolve("logs");
  }

  /** Working files of Flink: worthless once it has stopped. */
  Path scratch() {
    return root.resolve("tmp");
  }

  /** Makes the file or folder its owner's alone, where the file system knows owners. */
  static void ownerOnly(Path path, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "")
        + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
