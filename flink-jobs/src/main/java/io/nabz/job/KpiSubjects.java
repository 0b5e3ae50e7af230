package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.kpi.AgentRecord;
import io.nabz.kpi.CaseRecord;
import io.nabz.kpi.ContactRecord;
import io.nabz.kpi.CustomerRecord;
import io.nabz.kpi.Fact;
import io.nabz.kpi.KpiPolicy;
import io.nabz.kpi.Life;
import io.nabz.kpi.PointRecord;
import io.nabz.kpi.Share;
import io.nabz.kpi.Subject;
import io.nabz.kpi.SubjectKind;
import io.nabz.kpi.SubjectLogic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * Keeps the subjects of counting and emits how their shares change. Those heard of lately are held
 * as objects.
 *
 * <p>Keyed state: one of {@code kpi-contact}, {@code kpi-agent}, {@code kpi-customer}, {@code
 * kpi-case} and {@code kpi-point}, by the kind of the key. One event-time timer a subject, no later
 * than the next moment at which time alone changes it or it is forgotten: {@link
 * KpiPolicy#keepSubjects} after its last word, but never before the clock has gone on by as much,
 * so that an import of history does not forget what it has just told, nor within {@link
 * #HEARD_LATELY} of wall time, since in a fast replay the clock may be days ahead of a feed that is
 * read more slowly. {@link Subject#timerAtMs} is the timer's twin. Open cases are kept as long as
 * the figures of days. Of an erased customer only the moment of the erasure stays.
 */
final class KpiSubjects extends HotFunction<Fact, Share> {
  private static final long serialVersionUID = 1;
  private static final Duration HEARD_LATELY = Duration.ofMinutes(10);

  private final KpiPolicy policy;
  private transient Map<SubjectKind, Keeper<?>> keepers;
  private transient Collector<Share> out;

  KpiSubjects(KpiPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  void open(HotState hot) {
    keepers = new EnumMap<>(SubjectKind.class);
    keep(hot, SubjectKind.CONTACT, "kpi-contact", ContactRecord.class);
    keep(hot, SubjectKind.AGENT, "kpi-agent", AgentRecord.class);
    keep(hot, SubjectKind.CUSTOMER, "kpi-customer", CustomerRecord.class);
    keep(hot, SubjectKind.CASE, "kpi-case", CaseRecord.class);
    keep(hot, SubjectKind.POINT, "kpi-point", PointRecord.class);
  }

  @SuppressWarnings("unchecked")
  private <S extends Subject> void keep(
      HotState hot, SubjectKind kind, String name, Class<S> type) {
    Life<S> life = (Life<S>) SubjectLogic.lifeOf(kind, policy);
    Duration keep =
        switch (kind) {
          case CASE -> policy.keepDays();
          case CUSTOMER -> policy.keepCustomers();
          default -> policy.keepSubjects();
        };
    HotValue<S> state = value(hot, name, type, Subject::heapBytes);
    keepers.put(
        kind,
        new Keeper<>(
            state, new SubjectLogic<>(life, share -> out.collect(share)), keep.toMillis()));
  }

  @Override
  public void processElement(Fact fact, Context context, Collector<Share> collector)
      throws Exception {
    out = collector;
    keepers.get(SubjectKind.of(fact.subject)).apply(fact, context.timerService());
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<Share> collector)
      throws Exception {
    out = collector;
    SubjectKind kind = SubjectKind.of(context.getCurrentKey());
    long clockMs = context.timerService().currentWatermark();
    // The end of a finished stream settles carts; nobody is lost or forgotten by it.
    if (clockMs != Long.MAX_VALUE || kind == SubjectKind.CUSTOMER) {
      keepers.get(kind).onTimer(clockMs, context.timerService());
    }
  }

  /** The state of one kind. */
  private static final class Keeper<S extends Subject> {
    private final HotValue<S> state;
    private final SubjectLogic<S> logic;
    private final long keepMs;

    Keeper(HotValue<S> state, SubjectLogic<S> logic, long keepMs) {
      this.state = state;
      this.logic = logic;
      this.keepMs = keepMs;
    }

    void apply(Fact fact, TimerService timers) throws Exception {
      S subject = logic.apply(state.value(), fact);
      subject.forgetAtMs = Math.max(subject.lastWordMs, timers.currentWatermark()) + keepMs;
      subject.heardAtWallMs = timers.currentProcessingTime();
      schedule(subject, timers);
      state.update(subject);
    }

    void onTimer(long clockMs, TimerService timers) throws Exception {
      S subject = state.value();
      if (subject == null) {
        return;
      }
      subject.timerAtMs = Share.NONE;
      logic.advance(subject, clockMs);
      if (clockMs >= subject.forgetAtMs && clockMs != Long.MAX_VALUE) {
        if (!wasHeardLately(subject, timers)) {
          logic.forget(subject);
          state.clear();
          return;
        }
        subject.forgetAtMs = clockMs + keepMs;
      }
      schedule(subject, timers);
      state.update(subject);
    }

    private boolean wasHeardLately(S subject, TimerService timers) {
      long silentMs = timers.currentProcessingTime() - subject.heardAtWallMs;
      return silentMs < HEARD_LATELY.toMillis();
    }

    private void schedule(S subject, TimerService timers) {
      long due = logic.nextDue(subject);
      long at = due == Share.NONE ? subject.forgetAtMs : Math.min(due, subject.forgetAtMs);
      if (subject.timerAtMs != Share.NONE) {
        if (subject.timerAtMs <= at) {
          // Most facts put the moment off. The timer stays where it is and looks again when it is
          // there; to move it with every fact would cost as much as the counting.
          return;
        }
        timers.deleteEventTimeTimer(subject.timerAtMs);
      }
      if (timers.currentWatermark() != Long.MAX_VALUE) {
        timers.registerEventTimeTimer(at);
        subject.timerAtMs = at;
      }
    }
  }
}
