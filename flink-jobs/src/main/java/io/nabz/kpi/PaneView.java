package io.nabz.kpi;

import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures that follow from a pane's sums. */
public final class PaneView {
  private static final double MS_PER_SECOND = 1_000;

  private final PaneState pane;
  private final KpiPolicy policy;

  private final long clockMs;

  private PaneView(PaneState pane, KpiPolicy policy, long clockMs) {
    this.pane = pane;
    this.policy = policy;
    this.clockMs = clockMs;
  }

  public static KpiFigures of(KpiKey key, PaneState pane, KpiPolicy policy) {
    return of(key, pane, policy, Share.NONE);
  }

  /**
   * @param clockMs the stream's clock, for how long the longest wait is by now; {@link Share#NONE}
   *     when it is not known
   */
  public static KpiFigures of(KpiKey key, PaneState pane, KpiPolicy policy, long clockMs) {
    return new PaneView(pane, policy, clockMs).figures(key);
  }

  private KpiFigures figures(KpiKey key) {
    if (key.interval() == KpiInterval.NOW) {
      return new KpiFigures(
          key.dimension(),
          key.interval(),
          null,
          null,
          pane.version,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          live());
    }
    long startMs = key.start().toEpochMilli();
    return new KpiFigures(
        key.dimension(),
        key.interval(),
        key.start(),
        Instant.ofEpochMilli(key.interval().endOf(startMs, policy.zone())),
        pane.version,
        contacts(),
        serviceLevels(),
        waits(),
        handle(),
        agents(),
        repeats(),
        resolution(),
        texts(),
        mean(Measure.SENTIMENTS, Measure.SENTIMENT_SUM),
        csat(),
        nps(),
        mean(Measure.CES_ANSWERS, Measure.CES_SUM),
        carts(),
        cases(),
        alerts(),
        null);
  }

  private KpiFigures.Contacts contacts() {
    if (get(Measure.CONTACTS) == 0 && get(Measure.OUTBOUND) == 0) {
      return null;
    }
    return new KpiFigures.Contacts(
        get(Measure.CONTACTS),
        get(Measure.QUEUED),
        offered(),
        get(Measure.ANSWERED),
        get(Measure.ABANDONED),
        get(Measure.SHORT_ABANDONED),
        get(Measure.LEFT_BEFORE_QUEUE),
        get(Measure.TRANSFERS),
        get(Measure.OUTBOUND),
        ratio(get(Measure.ABANDONED), offered()),
        ratio(get(Measure.ABANDONED), get(Measure.QUEUED)));
  }

  private long offered() {
    return get(Measure.ANSWERED) + get(Measure.ABANDONED);
  }

  private List<KpiFigures.ServiceLevel> serviceLevels() {
    if (offered() == 0) {
      return null;
    }
    List<KpiFigures.ServiceLevel> levels = new ArrayList<>();
    for (int i = 0; i < policy.targets().size(); i++) {
      Duration target = policy.targets().get(i);
      long answered = get(Measure.answeredWithin(i));
      long abandoned = get(Measure.abandonedWithin(i));
      Double level =
          policy.formula().level(offered(), get(Measure.SHORT_ABANDONED), answered, abandoned);
      levels.add(
          new KpiFigures.ServiceLevel(
              target.toMillis() / MS_PER_SECOND, policy.formula(), level, answered, abandoned));
    }
    return levels;
  }

  private KpiFigures.Waiting waits() {
    if (get(Measure.ANSWERED) == 0) {
      return null;
    }
    return new KpiFigures.Waiting(
        seconds(ratio(get(Measure.WAIT_MS), get(Measure.ANSWERED))),
        seconds(ratio(get(Measure.WAIT_MS), get(Measure.ANSWERED_QUEUED))),
        quantile(pane.wait, 0.5),
        quantile(pane.wait, 0.9),
        quantile(pane.wait, 0.95));
  }

  private KpiFigures.Length handle() {
    return length(Measure.HANDLED, Measure.HANDLE_MS, pane.handle);
  }

  private KpiFigures.Length length(Measure of, Measure sumMs, Histogram spread) {
    long count = get(of);
    return count == 0
        ? null
        : new KpiFigures.Length(
            count,
            seconds(ratio(get(sumMs), count)),
            quantile(spread, 0.5),
            quantile(spread, 0.9),
            quantile(spread, 0.95));
  }

  private KpiFigures.Agents agents() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    put(seconds, "available", Measure.AVAILABLE_MS);
    put(seconds, "busy", Measure.BUSY_MS);
    put(seconds, "wrap_up", Measure.WRAP_UP_MS);
    put(seconds, "away", Measure.AWAY_MS);
    long working = get(Measure.BUSY_MS) + get(Measure.WRAP_UP_MS);
    return seconds.isEmpty()
        ? null
        : new KpiFigures.Agents(seconds, ratio(working, working + get(Measure.AVAILABLE_MS)));
  }

  private void put(Map<String, Double> seconds, String state, Measure measure) {
    if (get(measure) != 0) {
      seconds.put(state, get(measure) / MS_PER_SECOND);
    }
  }

  private KpiFigures.Repeats repeats() {
    long contacts = get(Measure.KNOWN_CONTACTS);
    long day = get(Measure.REPEATS_24H);
    long week = get(Measure.REPEATS_7D);
    return contacts == 0
        ? null
        : new KpiFigures.Repeats(
            contacts,
            day,
            week,
            ratio(day, contacts),
            ratio(week, contacts),
            get(Measure.THIRDS_24H),
            get(Measure.THIRDS_7D));
  }

  private KpiFigures.Resolution resolution() {
    long settled = get(Measure.SETTLED);
    long sameTopic = get(Measure.TOPIC_SETTLED);
    return settled == 0
        ? null
        : new KpiFigures.Resolution(
            settled,
            get(Measure.RESOLVED),
            ratio(get(Measure.RESOLVED), settled),
            sameTopic,
            get(Measure.TOPIC_RESOLVED),
            ratio(get(Measure.TOPIC_RESOLVED), sameTopic));
  }

  private KpiFigures.Texts texts() {
    long count = get(Measure.TEXTS);
    return count == 0
        ? null
        : new KpiFigures.Texts(count, get(Measure.NEGATIVES), get(Measure.POSITIVES));
  }

  private KpiFigures.Mean mean(Measure count, Measure sum) {
    return get(count) == 0 ? null : new KpiFigures.Mean(get(count), scoreMean(count, sum));
  }

  private KpiFigures.Csat csat() {
    long count = get(Measure.CSATS);
    return count == 0
        ? null
        : new KpiFigures.Csat(
            count,
            scoreMean(Measure.CSATS, Measure.CSAT_SUM),
            ratio(get(Measure.CSAT_SATISFIED), count));
  }

  private KpiFigures.Nps nps() {
    long count = get(Measure.NPS_ANSWERS);
    long balance = get(Measure.NPS_PROMOTERS) - get(Measure.NPS_DETRACTORS);
    return count == 0 ? null : new KpiFigures.Nps(count, 100.0 * balance / count);
  }

  private KpiFigures.Carts carts() {
    long settled = get(Measure.CARTS_ORDERED) + get(Measure.CARTS_ABANDONED);
    return get(Measure.CARTS) == 0
        ? null
        : new KpiFigures.Carts(
            get(Measure.CARTS),
            get(Measure.CARTS_ORDERED),
            get(Measure.CARTS_ABANDONED),
            settled,
            ratio(get(Measure.CARTS_ABANDONED), settled));
  }

  private KpiFigures.Cases cases() {
    long opened = get(Measure.CASES_OPENED);
    long resolved = get(Measure.CASES_RESOLVED);
    return opened == 0 && resolved == 0
        ? null
        : new KpiFigures.Cases(
            opened, resolved, length(Measure.CASES_TIMED, Measure.CASE_MS, pane.caseTime));
  }

  private Map<String, Long> alerts() {
    Map<String, Long> alerts = new LinkedHashMap<>();
    count(alerts, "info", Measure.ALERTS_INFO);
    count(alerts, "low", Measure.ALERTS_LOW);
    count(alerts, "medium", Measure.ALERTS_MEDIUM);
    count(alerts, "high", Measure.ALERTS_HIGH);
    count(alerts, "critical", Measure.ALERTS_CRITICAL);
    return alerts.isEmpty() ? null : alerts;
  }

  private KpiFigures.Live live() {
    Map<String, Long> agents = new LinkedHashMap<>();
    count(agents, "available", Measure.AVAILABLE);
    count(agents, "busy", Measure.BUSY);
    count(agents, "wrap_up", Measure.WRAP_UP);
    count(agents, "away", Measure.AWAY);
    long since = pane.waiting.earliest();
    return new KpiFigures.Live(
        get(Measure.WAITING),
        since == Share.NONE ? null : Instant.ofEpochMilli(since),
        longestWait(since),
        clockMs == Share.NONE ? null : Instant.ofEpochMilli(clockMs),
        get(Measure.CONNECTED),
        agents,
        get(Measure.OPEN_CASES));
  }

  private Double longestWait(long since) {
    boolean known = since != Share.NONE && clockMs != Share.NONE;
    return known ? Math.max(0, clockMs - since) / MS_PER_SECOND : null;
  }

  private void count(Map<String, Long> to, String name, Measure measure) {
    if (get(measure) != 0) {
      to.put(name, get(measure));
    }
  }

  private long get(Measure measure) {
    return pane.get(measure);
  }

  private Double scoreMean(Measure count, Measure sum) {
    return get(sum) / Measure.SCORE_SCALE / get(count);
  }

  private static Double ratio(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  private static Double seconds(Double ms) {
    return ms == null ? null : ms / MS_PER_SECOND;
  }

  private static Double quantile(Histogram of, double q) {
    double ms = of.quantileMs(q);
    return Double.isNaN(ms) ? null : ms / MS_PER_SECOND;
  }
}
