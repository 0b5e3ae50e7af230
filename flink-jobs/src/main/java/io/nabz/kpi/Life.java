package io.nabz.kpi;

import java.util.List;

/**
 * The life of one kind of subject. Shares are a function of what is kept, so the difference between
 * before and after is what a change adds to the panes.
 */
public interface Life<S extends Subject> {
  S begin();

  /** Takes up a fact; the order in which facts come must not show in the shares. */
  void apply(S subject, Fact fact);

  /** Lets time alone work, up to the clock of the stream. */
  void advance(S subject, long clockMs);

  /** When time alone will change something next, or {@link Share#NONE}. */
  long nextDue(S subject);

  void shares(S subject, List<Share> to);

  /** Forgets what is too much to keep; what it added to the panes stays there. */
  default void trim(S subject) {}
}
