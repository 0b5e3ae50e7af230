package io.nabz.kpi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lets facts and time work on one subject and says how its shares change by that. */
public final class SubjectLogic<S extends Subject> {
  private final Life<S> life;
  private final Consumer<Share> changes;
  private final List<Share> before = new ArrayList<>();
  private final List<Share> after = new ArrayList<>();

  /**
   * @param changes is given the shares to take out, with {@code sign} -1, and those to put in
   */
  public SubjectLogic(Life<S> life, Consumer<Share> changes) {
    this.life = requireNonNull(life, "life is null");
    this.changes = requireNonNull(changes, "changes is null");
  }

  /** The life of that kind of subject. */
  public static Life<? extends Subject> lifeOf(SubjectKind kind, KpiPolicy policy) {
    return switch (kind) {
      case CONTACT -> new ContactLife(policy);
      case AGENT -> new AgentLife(policy);
      case CUSTOMER -> new CustomerLife(policy);
      case CASE -> new CaseLife();
      case POINT -> new PointLife();
    };
  }

  /**
   * @param known what is kept of the subject, or null
   * @return what to keep of it
   */
  public S apply(S known, Fact fact) {
    S subject = known == null ? life.begin() : known;
    before(subject);
    subject.hear(fact);
    life.apply(subject, fact);
    after(subject, true);
    life.trim(subject);
    return subject;
  }

  public void advance(S subject, long clockMs) {
    before(subject);
    life.advance(subject, clockMs);
    after(subject, false);
  }

  /** Takes what holds now of it out of the panes; what happened stays counted. */
  public void forget(S subject) {
    before(subject);
    for (Share share : before) {
      if (share.atMs == Share.NOW) {
        emit(subject, share, -1, false);
      }
    }
  }

  public long nextDue(S subject) {
    return life.nextDue(subject);
  }

  private void before(S subject) {
    before.clear();
    life.shares(subject, before);
  }

  private void after(S subject, boolean byEvent) {
    after.clear();
    life.shares(subject, after);
    int head = 0;
    int endBefore = before.size();
    int endAfter = after.size();
    while (head < endBefore && head < endAfter && before.get(head).isSameAs(after.get(head))) {
      head++;
    }
    while (endBefore > head
        && endAfter > head
        && before.get(endBefore - 1).isSameAs(after.get(endAfter - 1))) {
      endBefore--;
      endAfter--;
    }
    for (int i = head; i < endBefore; i++) {
      emit(subject, before.get(i), -1, byEvent);
    }
    for (int i = head; i < endAfter; i++) {
      emit(subject, after.get(i), 1, byEvent);
    }
  }

  private void emit(S subject, Share share, int sign, boolean byEvent) {
    share.tenant = subject.tenant;
    share.sign = sign;
    share.byEvent = byEvent;
    changes.accept(share);
  }
}
