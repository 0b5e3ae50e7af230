package io.nabz.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final int STATE_BYTES = 10;

  @TempDir Path root;
  private final List<String> told = new ArrayList<>();
  private CheckpointStore store;

  @BeforeEach
  void open() {
    store = new CheckpointStore(root);
  }

  @Test
  void theNewestByNumberComesFirst() throws IOException {
    checkpoint(9);
    checkpoint(11);
    checkpoint(10);
    assertThat(store.usable(told::add)).extracting(Checkpoint::id).containsExactly(11L, 10L, 9L);
    assertThat(told).isEmpty();
  }

  @Test
  void aCheckpointWithoutItsDescriptionIsNoCheckpoint() throws IOException {
    checkpoint(4);
    Files.createDirectories(root.resolve("chk-5"));
    assertThat(store.usable(told::add)).extracting(Checkpoint::id).containsExactly(4L);
    assertThat(told).isEmpty();
  }

  @Test
  void anEmptyOrAbsentFolderHasNone() throws IOException {
    assertThat(store.usable(told::add)).isEmpty();
    assertThat(new CheckpointStore(root.resolve("absent")).usable(told::add)).isEmpty();
  }

  @Test
  void aDamagedDescriptionIsToldSetAsideAndTheOneBeforeIsTaken() throws IOException {
    checkpoint(4);
    Files.writeString(checkpoint(5).resolve("_metadata"), "not a checkpoint");
    assertThat(store.usable(told::add)).extracting(Checkpoint::id).containsExactly(4L);
    assertThat(told).singleElement().asString().startsWith("checkpoint chk-5 is damaged: ");
    assertThat(root.resolve("chk-5")).doesNotExist();
    assertThat(root.resolve("set-aside").resolve("chk-5")).isDirectory();
  }

  @Test
  void aMissingStateFileIsDamage() throws IOException {
    checkpoint(4);
    checkpoint(5);
    Files.delete(shared(5));
    assertThat(store.usable(told::add)).extracting(Checkpoint::id).containsExactly(4L);
    assertThat(told).containsExactly("checkpoint chk-5 is damaged: its file state-5 is missing");
  }

  @Test
  void aStateFileCutShortIsDamage() throws IOException {
    checkpoint(5);
    Files.writeString(shared(5), "x");
    assertThat(store.usable(told::add)).isEmpty();
    assertThat(told).containsExactly("checkpoint chk-5 is damaged: its file state-5 is cut short");
  }

  @Test
  void sweepingKeepsTheNewestThreeAndTheFilesTheyShare() throws IOException {
    for (int id = 1; id <= 4; id++) {
      checkpoint(id);
    }
    Files.createDirectories(root.resolve("chk-5"));
    Files.writeString(root.resolve("shared").resolve("orphan"), "of a checkpoint never completed");

    store.sweep(store.usable(told::add));

    assertThat(root.resolve("chk-1")).doesNotExist();
    assertThat(root.resolve("chk-5")).doesNotExist();
    assertThat(root.resolve("shared"))
        .isDirectoryNotContaining("glob:**orphan")
        .isDirectoryNotContaining("glob:**state-1");
    assertThat(store.usable(told::add)).extracting(Checkpoint::id).containsExactly(4L, 3L, 2L);
  }

  private Path shared(long id) {
    return root.resolve("shared").resolve("state-" + id);
  }

  /** A checkpoint as Flink writes it, with one state file. */
  private Path checkpoint(long id) throws IOException {
    Path dir = Files.createDirectories(root.resolve("chk-" + id));
    Files.createDirectories(root.resolve("shared"));
    Path file = Files.write(shared(id), "0123456789".getBytes(UTF_8));
    OperatorState operator = new OperatorState("name", "uid", new OperatorID(1, 1), 1, 720);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedKeyedState(
                new KeyGroupsStateHandle(
                    new KeyGroupRangeOffsets(new KeyGroupRange(0, 719)),
                    new FileStateHandle(
                        new org.apache.flink.core.fs.Path(file.toUri()), STATE_BYTES)))
            .build());
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(dir.resolve("_metadata")))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(id, List.of(operator), List.of()), out);
    }
    return dir;
  }
}
