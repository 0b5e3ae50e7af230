package io.nabz.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** One contender against a backlog that is complete before its job starts. */
final class ThroughputRun {
  /** Times of the events, so that a million are some 17 minutes of a customer base's life. */
  private static final Duration STEP = Duration.ofMillis(1);

  private ThroughputRun() {}

  /** What the job has taken and given so far. */
  private record Spent(Duration cpu, long records, long bytes) {
    static final Spent NOTHING = new Spent(Duration.ZERO, 0, 0);

    static Spent by(Lab lab, EffectLog main) {
      return new Spent(lab.jobCpu(), main.records(), main.bytes());
    }

    Spent without(Spent former) {
      return new Spent(cpu.minus(former.cpu), records - former.records, bytes - former.bytes);
    }
  }

  static ThroughputResult run(
      Workspace workspace,
      Contender contender,
      int round,
      LabOptions labOptions,
      TrafficOptions trafficOptions,
      long warmup,
      long measured,
      Duration within)
      throws InterruptedException {
    long events = warmup + measured;
    try (Lab lab = Lab.open(workspace, contender, labOptions)) {
      Instant start = Instant.now().minus(STEP.multipliedBy(events));
      List<Probe> probes = contender.probes();
      fill(lab, new EventGenerator(trafficOptions.traffic(start, STEP)), events, probes);
      ThroughputRecorder recorder = new ThroughputRecorder(warmup, measured);
      Map<Probe, EffectLog> logs = new LinkedHashMap<>();
      AtomicReference<Spent> inWarmup = new AtomicReference<>(Spent.NOTHING);
      for (Probe probe : probes) {
        logs.put(
            probe,
            new EffectLog(events, logs.isEmpty() ? recorder : (sequence, nanos, count) -> {}));
      }
      // The first probe is the main output; its figures are the contender's.
      EffectLog main = logs.values().iterator().next();
      recorder.whenWarm(() -> inWarmup.set(Spent.by(lab, main)));
      Spent spent;
      long stateBytes;
      try (Readers readers = Readers.start(lab, List.copyOf(logs.keySet()), logs::get)) {
        lab.startJob();
        Progress.say("  %s: draining %,d events", contender.name(), events);
        readers.awaitComplete(lab, within);
        spent = Spent.by(lab, main).without(inWarmup.get());
        stateBytes = lab.stateBytes();
      }
      List<String> problems = new ArrayList<>();
      logs.forEach((probe, log) -> problems.addAll(Completeness.problems(probe, log)));
      return new ThroughputResult(
          contender,
          round,
          measured,
          recorder.seconds(),
          recorder.steadyPerSecond(),
          recorder.totalPerSecond(),
          spent.records(),
          spent.bytes(),
          stateBytes,
          spent.cpu(),
          problems);
    }
  }

  private static void fill(Lab lab, EventGenerator generator, long events, List<Probe> probes) {
    try (EventSender sender = EventSender.bulk(lab.bootstrapServers())) {
      for (long i = 0; i < events; i++) {
        EventGenerator.Generated event = generator.next();
        for (Probe probe : probes) {
          probe.sent(event.key(), i);
        }
        sender.send(event);
      }
      sender.flush();
    }
  }
}
