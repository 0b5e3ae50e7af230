package io.nabz.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Whether what was read is what had to be there; figures of anything less are not shown. */
final class Completeness {
  private Completeness() {}

  static List<String> problems(Probe probe, EffectLog effects) {
    List<String> problems = new ArrayList<>();
    if (probe.everyEvent() && !effects.isComplete()) {
      problems.add(effects.missing() + " events are missing in " + probe.topic());
    }
    if (effects.duplicates() > 0) {
      problems.add(effects.duplicates() + " duplicates in " + probe.topic());
    }
    if (effects.strangers() > 0) {
      problems.add(effects.strangers() + " records of unknown events in " + probe.topic());
    }
    problems.addAll(probe.problems());
    return problems;
  }
}
