package io.nabz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live part of {@code bench api}, small: it is held to what has to be true, not to times. */
class ApiLiveIT {
  private static final int CLIENTS = 300;
  private static final int SILENT = 10;
  private static final int RATE = 20;
  private static final int SECONDS = 8;
  private static final long MIB = 1 << 20;

  /** What 300 connections and their streams may leave behind at the most. */
  private static final long KEPT = 48 * MIB;

  @TempDir Path dir;

  @Test
  void everyClientGetsEveryAlertOnceThroughSilentNeighboursAndAStorm() throws Exception {
    LabOptions options = new LabOptions(2, 1, 64, List.of(), List.of("-Xms256m", "-Xmx256m"));
    try (Workspace workspace = Workspace.create(dir);
        Lab lab = Lab.open(workspace, Contenders.named("kafka"), options)) {
      ApiLive live = new ApiLive(lab, workspace, CLIENTS, SILENT, RATE, SECONDS);
      ApiLive.Result result = live.measure();

      assertThat(live.failures()).isEmpty();
      assertThat(result.gaps()).isZero();
      assertThat(result.doubles()).isZero();
      for (Histogram phase : result.phases()) {
        assertThat(phase.getTotalCount())
            .as("each of the readers had each alert of the phase")
            .isEqualTo((long) (CLIENTS - SILENT) * RATE * SECONDS);
      }
      assertThat(result.silentGone()).isLessThan(Duration.ofSeconds(45));
      assertThat(result.heap().get(2) - result.heap().get(0)).isLessThan(KEPT);
    }
  }
}
