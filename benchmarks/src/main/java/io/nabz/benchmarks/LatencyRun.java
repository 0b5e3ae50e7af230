package io.nabz.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One contender at a steady rate, open loop. */
final class LatencyRun {
  private static final Duration STRAGGLERS_WITHIN = Duration.ofSeconds(60);
  private static final Duration WARM_WITHIN = Duration.ofMinutes(5);
  private static final Duration HEAD_START = Duration.ofSeconds(1);

  private LatencyRun() {}

  static List<LatencyResult> run(
      Workspace workspace,
      Contender contender,
      int round,
      LabOptions labOptions,
      TrafficOptions trafficOptions,
      Schedule shape)
      throws InterruptedException {
    Duration step = Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) / shape.ratePerSecond());
    List<EventGenerator.Generated> events =
        generate(trafficOptions.traffic(Instant.now(), step), shape.events());
    try (Lab lab = Lab.open(workspace, contender, labOptions)) {
      lab.startJob();
      Map<Probe, LatencyRecorder> recorders = new LinkedHashMap<>();
      Map<Probe, EffectLog> logs = new LinkedHashMap<>();
      for (Probe probe : contender.probes()) {
        LatencyRecorder recorder = new LatencyRecorder();
        for (int i = 0; i < events.size(); i++) {
          probe.sent(events.get(i).key(), i);
        }
        recorders.put(probe, recorder);
        logs.put(probe, new EffectLog(shape.events(), recorder));
      }
      double sent;
      try (Readers readers = Readers.start(lab, List.copyOf(logs.keySet()), logs::get);
          EventSender sender = EventSender.prompt(lab.bootstrapServers())) {
        int warmup = (int) shape.warmupEvents();
        sender.send(events, 0, warmup, shape.from(inAMoment()));
        // What a compiler that was still busy has left behind is no latency of the warm system.
        if (!readers.awaitCount(lab, warmup, WARM_WITHIN)) {
          throw new BenchException(
              "%d events were sent to warm up, the effects of %d are there %d s later; lower --rate"
                  .formatted(warmup, readers.leastCount(), WARM_WITHIN.toSeconds()));
        }
        Schedule measured = shape.measuredFrom(inAMoment());
        recorders.values().forEach(recorder -> recorder.measure(measured));
        sent = sender.send(events, warmup, events.size(), measured);
        readers.awaitComplete(lab, STRAGGLERS_WITHIN);
      }
      List<LatencyResult> results = new ArrayList<>();
      recorders.forEach(
          (probe, recorder) ->
              results.add(
                  new LatencyResult(
                      contender,
                      probe.title(),
                      round,
                      sent,
                      recorder.histogram(),
                      Completeness.problems(probe, logs.get(probe)))));
      return results;
    }
  }

  private static long inAMoment() {
    return System.nanoTime() + HEAD_START.toNanos();
  }

  /** Made before anything is measured, so that making them costs nobody anything. */
  private static List<EventGenerator.Generated> generate(Traffic traffic, long count) {
    EventGenerator generator = new EventGenerator(traffic);
    List<EventGenerator.Generated> events = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      events.add(generator.next());
    }
    return events;
  }
}
