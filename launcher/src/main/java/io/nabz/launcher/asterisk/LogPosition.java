package io.nabz.launcher.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.launcher.LaunchException;
import io.nabz.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * How far a log has been sent, and what has to be remembered of it.
 *
 * @param inode of the file; null where the file system has none
 * @param offset of the first byte that has not been sent
 * @param head a hash of the file's beginning, by which another file in its place is known
 * @param headBytes over how many bytes
 * @param calls that were going on there
 */
record LogPosition(String inode, long offset, String head, int headBytes, List<Calls.Call> calls) {
  static final LogPosition NONE = new LogPosition(null, 0, null, 0, List.of());

  LogPosition {
    calls = calls == null ? List.of() : List.copyOf(calls);
  }

  /** What was kept last, or {@link #NONE}. */
  static LogPosition load(Path file) {
    try {
      if (!Files.exists(file)) {
        return NONE;
      }
      JsonNode kept = Json.tree(Files.readAllBytes(file));
      return Json.mapper().treeToValue(kept, LogPosition.class);
    } catch (IOException e) {
      throw new LaunchException(
          "cannot read how far the log was followed in "
              + file
              + "; delete it to begin anew, what was sent already changes nothing",
          e);
    }
  }

  /** Written beside and moved, so that a crash leaves the former one. */
  void save(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, Json.bytes(this));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LaunchException(
          "cannot keep how far the log was followed in " + file + "; make the folder writable", e);
    }
  }
}
