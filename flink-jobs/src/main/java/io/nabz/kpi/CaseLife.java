package io.nabz.kpi;

import static io.nabz.kpi.Share.NONE;

import java.util.List;

/** A case is open from its opening, or its last reopening, to its resolution. */
final class CaseLife implements Life<CaseRecord> {
  @Override
  public CaseRecord begin() {
    return new CaseRecord();
  }

  @Override
  public void apply(CaseRecord of, Fact fact) {
    long at = fact.timeMs;
    switch (fact.type) {
      case Facts.CASE_OPENED, Facts.CASE_REOPENED -> {
        of.openedAtMs = Subject.earlier(of.openedAtMs, at);
        of.lastOpenedAtMs = Math.max(of.lastOpenedAtMs, at);
      }
      case Facts.CASE_RESOLVED -> of.resolvedAtMs = Math.max(of.resolvedAtMs, at);
      default -> throw new IllegalArgumentException("nothing of a case: " + fact.type);
    }
    of.words.first(Words.CHANNEL, fact.channel, at);
    of.words.first(Words.QUEUE, fact.queue, at);
    of.words.first(Words.TOPIC, fact.topic, at);
  }

  @Override
  public void advance(CaseRecord of, long clockMs) {
    // A case stays open until somebody says otherwise.
  }

  @Override
  public long nextDue(CaseRecord of) {
    return NONE;
  }

  @Override
  public void shares(CaseRecord of, List<Share> to) {
    boolean open = of.lastOpenedAtMs != NONE && of.lastOpenedAtMs > of.resolvedAtMs;
    if (of.openedAtMs != NONE) {
      to.add(share(of, of.openedAtMs).add(Measure.CASES_OPENED, 1));
    }
    if (of.resolvedAtMs != NONE && !open) {
      to.add(timed(of, share(of, of.resolvedAtMs).add(Measure.CASES_RESOLVED, 1)));
    }
    if (open) {
      to.add(share(of, Share.NOW).add(Measure.OPEN_CASES, 1));
    }
  }

  private static Share timed(CaseRecord of, Share share) {
    if (of.openedAtMs != NONE) {
      share.caseMs = Math.max(0, of.resolvedAtMs - of.openedAtMs);
      share.add(Measure.CASES_TIMED, 1).add(Measure.CASE_MS, share.caseMs);
    }
    return share;
  }

  private static Share share(CaseRecord of, long atMs) {
    return new Share(
        atMs,
        of.words.get(Words.QUEUE),
        of.words.get(Words.CHANNEL),
        null,
        of.words.get(Words.TOPIC));
  }
}
