package io.nabz.launcher;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/**
 * One retained checkpoint whose files are all there.
 *
 * @param files the state files it needs, with their sizes in bytes
 */
record Checkpoint(Path dir, long id, Map<Path, Long> files) {
  static final String METADATA = "_metadata";

  Checkpoint {
    files = Map.copyOf(files);
  }

  /**
   * Reads the checkpoint and looks at each of its files; their bytes are checked by RocksDB when it
   * opens them.
   *
   * @throws IOException saying what is damaged
   */
  static Checkpoint read(Path dir) throws IOException {
    CheckpointMetadata metadata;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(dir.resolve(METADATA))))) {
      metadata =
          Checkpoints.loadCheckpointMetadata(
              in, Checkpoint.class.getClassLoader(), dir.toUri().toString());
    } catch (RuntimeException e) {
      throw new IOException("its metadata cannot be read", e);
    }
    Map<Path, Long> files = new HashMap<>();
    for (OperatorState operator : metadata.getOperatorStates()) {
      for (OperatorSubtaskState subtask : operator.getStates()) {
        subtask.getManagedKeyedState().forEach(state -> collect(state, files));
        subtask.getRawKeyedState().forEach(state -> collect(state, files));
        subtask.getManagedOperatorState().forEach(state -> collect(state, files));
        subtask.getRawOperatorState().forEach(state -> collect(state, files));
      }
    }
    for (Map.Entry<Path, Long> file : files.entrySet()) {
      if (!Files.isRegularFile(file.getKey())) {
        throw new IOException("its file " + file.getKey().getFileName() + " is missing");
      }
      if (Files.size(file.getKey()) < file.getValue()) {
        throw new IOException("its file " + file.getKey().getFileName() + " is cut short");
      }
    }
    return new Checkpoint(dir, metadata.getCheckpointId(), files);
  }

  private static void collect(StateObject state, Map<Path, Long> files) {
    if (state instanceof FileStateHandle file) {
      files.merge(Path.of(file.getFilePath().getPath()), file.getStateSize(), Math::max);
    } else if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
      collect(incremental.getMetaDataStateHandle(), files);
      incremental.getSharedState().forEach(part -> collect(handle(part), files));
      incremental.getPrivateState().forEach(part -> collect(handle(part), files));
    } else if (state instanceof KeyGroupsStateHandle keyGroups) {
      collect(keyGroups.getDelegateStateHandle(), files);
    } else if (state instanceof OperatorStreamStateHandle operator) {
      collect(operator.getDelegateStateHandle(), files);
    } else if (state instanceof OperatorStateHandle operator) {
      operator
          .maybeGetPath()
          .ifPresent(path -> files.merge(Path.of(path.getPath()), 0L, Math::max));
    }
  }

  private static StateObject handle(HandleAndLocalPath part) {
    return part.getHandle();
  }
}
