package io.nabz.kpi;

import static io.nabz.kpi.Share.NONE;
import static java.util.Objects.requireNonNull;

import io.nabz.model.KpiInterval;
import java.time.ZoneOffset;
import java.util.List;

/**
 * An agent is in a state until the next one, or until it has held implausibly long. The time is
 * divided among the quarters of an hour it spans; the last, unended state is counted up to the end
 * of each quarter that has passed.
 */
final class AgentLife implements Life<AgentRecord> {
  private final KpiPolicy policy;

  AgentLife(KpiPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  @Override
  public AgentRecord begin() {
    return new AgentRecord();
  }

  @Override
  public void apply(AgentRecord agent, Fact fact) {
    agent.agentId = fact.agentId;
    if (agent.forgottenToMs != NONE && fact.timeMs <= agent.forgottenToMs) {
      return;
    }
    AgentChange change = new AgentChange();
    change.atMs = fact.timeMs;
    change.state = fact.word;
    change.queue = fact.queue;
    int at = agent.changes.size();
    while (at > 0 && agent.changes.get(at - 1).atMs > change.atMs) {
      at--;
    }
    if (at > 0 && agent.changes.get(at - 1).atMs == change.atMs) {
      // Two states of one moment cannot both hold: the greater word does, whichever came first.
      if (change.state.compareTo(agent.changes.get(at - 1).state) > 0) {
        agent.changes.set(at - 1, change);
      }
      return;
    }
    agent.changes.add(at, change);
  }

  @Override
  public void trim(AgentRecord agent) {
    while (agent.changes.size() > AgentRecord.MAX_CHANGES) {
      agent.forgottenToMs = agent.changes.remove(0).atMs;
    }
  }

  @Override
  public void advance(AgentRecord agent, long clockMs) {
    agent.countedToMs = Math.max(agent.countedToMs, KpiInterval.quarterOf(clockMs));
  }

  @Override
  public long nextDue(AgentRecord agent) {
    if (agent.changes.isEmpty() || measure(last(agent).state) == null) {
      return NONE;
    }
    long lostAt = last(agent).atMs + policy.agentLostAfter().toMillis();
    if (agent.countedToMs >= lostAt) {
      return NONE;
    }
    long from = Math.max(agent.countedToMs, last(agent).atMs);
    return nextQuarter(from);
  }

  private static long nextQuarter(long atMs) {
    return KpiInterval.QUARTER.endOf(KpiInterval.quarterOf(atMs), ZoneOffset.UTC);
  }

  @Override
  public void shares(AgentRecord agent, List<Share> to) {
    String id = agent.agentId;
    for (int i = 0; i < agent.changes.size(); i++) {
      AgentChange change = agent.changes.get(i);
      Measure measure = measure(change.state);
      if (measure == null) {
        continue;
      }
      boolean newest = i == agent.changes.size() - 1;
      long end = newest ? agent.countedToMs : agent.changes.get(i + 1).atMs;
      long lostAt = change.atMs + policy.agentLostAfter().toMillis();
      divide(change, Math.min(end, lostAt), measure, id, to);
      if (newest && agent.countedToMs < lostAt) {
        to.add(new Share(Share.NOW, change.queue, null, id, null).add(live(change.state), 1));
      }
    }
  }

  private static void divide(
      AgentChange change, long end, Measure measure, String id, List<Share> to) {
    long from = change.atMs;
    while (from < end) {
      long next = nextQuarter(from);
      long until = Math.min(next, end);
      to.add(new Share(from, change.queue, null, id, null).add(measure, until - from));
      from = until;
    }
  }

  private static AgentChange last(AgentRecord agent) {
    return agent.changes.get(agent.changes.size() - 1);
  }

  /** The time in that state, or null for one that is not work. */
  private static Measure measure(String state) {
    return switch (state) {
      case "available" -> Measure.AVAILABLE_MS;
      case "busy" -> Measure.BUSY_MS;
      case "wrap_up" -> Measure.WRAP_UP_MS;
      case "away" -> Measure.AWAY_MS;
      default -> null;
    };
  }

  private static Measure live(String state) {
    return switch (state) {
      case "available" -> Measure.AVAILABLE;
      case "busy" -> Measure.BUSY;
      case "wrap_up" -> Measure.WRAP_UP;
      case "away" -> Measure.AWAY;
      default -> throw new IllegalArgumentException("no state of work: " + state);
    };
  }
}
