package io.nabz.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One contender against a backlog that is complete before its job starts. */
final class ThroughputRun {
  /** Times of the events, so that a million are some 17 minutes of a customer base's life. */
  private static final Duration STEP = Duration.ofMillis(1);

  private ThroughputRun() {}

  static ThroughputResult run(
      Workspace workspace,
      Contender contender,
      int round,
      LabOptions labOptions,
      TrafficOptions trafficOptions,
      long events,
      Duration within)
      throws InterruptedException {
    try (Lab lab = Lab.open(workspace, contender, labOptions)) {
      Instant start = Instant.now().minus(STEP.multipliedBy(events));
      List<Probe> probes = contender.probes();
      fill(lab, new EventGenerator(trafficOptions.traffic(start, STEP)), events, probes);
      ThroughputRecorder recorder = new ThroughputRecorder(events);
      Map<Probe, EffectLog> logs = new LinkedHashMap<>();
      for (Probe probe : probes) {
        logs.put(
            probe,
            new EffectLog(events, logs.isEmpty() ? recorder : (sequence, nanos, count) -> {}));
      }
      // The first probe is the main output; its figures are the contender's.
      EffectLog main = logs.values().iterator().next();
      Duration cpu;
      long stateBytes;
      try (Readers readers = Readers.start(lab, List.copyOf(logs.keySet()), logs::get)) {
        lab.startJob();
        Progress.say("  %s: draining %,d events", contender.name(), events);
        readers.awaitComplete(lab, within);
        cpu = lab.jobCpu();
        stateBytes = lab.stateBytes();
      }
      List<String> problems = new ArrayList<>();
      logs.forEach((probe, log) -> problems.addAll(Completeness.problems(probe, log)));
      return new ThroughputResult(
          contender,
          round,
          events,
          recorder.seconds(),
          recorder.steadyPerSecond(),
          recorder.totalPerSecond(),
          main.records(),
          main.bytes(),
          stateBytes,
          cpu,
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
