package io.nabz.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One contender against a backlog that is complete before the job takes it up. For a warm-up there
 * are two: the first is worked off entirely, and the job's process stands still while the second is
 * written.
 */
final class ThroughputRun {
  /** Times of the events, so that a million are some 17 minutes of a customer base's life. */
  private static final Duration STEP = Duration.ofMillis(1);

  private ThroughputRun() {}

  /** What the job has taken and given so far. */
  private record Spent(Duration cpu, long records, long bytes) {
    static Spent by(Lab lab, EffectLog main) {
      return new Spent(lab.jobCpu(), main.records(), main.bytes());
    }

    Spent without(Spent former) {
      return new Spent(cpu.minus(former.cpu), records - former.records, bytes - former.bytes);
    }
  }

  /**
   * @param warmup so many events come before those that are measured; none for a contender without
   *     a job, which has nothing to warm
   * @param within for each of the two backlogs
   */
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
    long warming = contender.hasJob() ? warmup : 0;
    long events = warming + measured;
    try (Lab lab = Lab.open(workspace, contender, labOptions)) {
      Instant start = Instant.now().minus(STEP.multipliedBy(events));
      Traffic traffic = trafficOptions.traffic(start, STEP);
      List<Probe> probes = contender.probes();
      expect(probes, new EventGenerator(traffic), events);
      AtomicLong lastEffect = new AtomicLong();
      Map<Probe, EffectLog> logs = new LinkedHashMap<>();
      for (Probe probe : probes) {
        logs.put(
            probe,
            new EffectLog(
                events,
                logs.isEmpty()
                    ? (sequence, nanos, count) -> lastEffect.set(nanos)
                    : (sequence, nanos, count) -> {}));
      }
      // The first probe is the main output; its figures are the contender's.
      EffectLog main = logs.values().iterator().next();
      EventGenerator generator = new EventGenerator(traffic);
      write(lab, generator, warming > 0 ? warming : measured);
      long begin = System.nanoTime();
      Spent spent;
      long stateBytes;
      try (Readers readers = Readers.start(lab, List.copyOf(logs.keySet()), logs::get)) {
        if (contender.hasJob()) {
          lab.startJob();
          begin = System.nanoTime();
        }
        Spent before = Spent.by(lab, main);
        if (warming > 0) {
          Progress.say("  %s: draining %,d events to warm up", contender.name(), warming);
          if (!readers.awaitCount(lab, warming, within)) {
            throw new BenchException(
                "only %,d of %,d events to warm up were worked off within %d s; raise --timeout"
                    .formatted(readers.leastCount(), warming, within.toSeconds()));
          }
          lab.freezeJob();
          write(lab, generator, measured);
          before = Spent.by(lab, main);
          begin = System.nanoTime();
          lab.thawJob();
        }
        Progress.say("  %s: draining %,d events", contender.name(), measured);
        readers.awaitComplete(lab, within);
        spent = Spent.by(lab, main).without(before);
        stateBytes = lab.stateBytes();
      }
      List<String> problems = new ArrayList<>();
      logs.forEach((probe, log) -> problems.addAll(Completeness.problems(probe, log)));
      return new ThroughputResult(
          contender,
          round,
          measured,
          Duration.ofNanos(lastEffect.get() - begin),
          spent.records(),
          spent.bytes(),
          stateBytes,
          spent.cpu(),
          problems);
    }
  }

  /** Before anything is read: the readers ask the probes on threads of their own. */
  private static void expect(List<Probe> probes, EventGenerator generator, long events) {
    for (long i = 0; i < events; i++) {
      EventGenerator.Generated event = generator.next();
      for (Probe probe : probes) {
        probe.sent(event.key(), i);
      }
    }
  }

  private static void write(Lab lab, EventGenerator generator, long events) {
    try (EventSender sender = EventSender.bulk(lab.bootstrapServers())) {
      for (long i = 0; i < events; i++) {
        sender.send(generator.next());
      }
      sender.flush();
    }
  }
}
