package io.nabz.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The agents of each queue; waiting and abandonment follow from who is free when. */
final class DemoAgents {
  /** Share of the agents in percent; chat agents are a queue of their own. */
  private static final Map<String, Integer> QUEUES = new LinkedHashMap<>();

  static {
    QUEUES.put("orders", 16);
    QUEUES.put("delivery", 20);
    QUEUES.put("billing", 16);
    QUEUES.put("technical", 15);
    QUEUES.put("vip", 9);
    QUEUES.put("chat", 24);
  }

  /** The longest conversation with its wrap-up; who has less than that left is not free. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private record Busy(Instant from, Instant until) {}

  static final class Agent {
    final String id;
    final String queue;

    /** Not in order: a story books all its conversations when it begins to be told. */
    private final List<Busy> bookings = new ArrayList<>();

    private Agent(String id, String queue) {
      this.id = id;
      this.queue = queue;
    }

    void book(Instant from, Instant until) {
      bookings.add(new Busy(from, until));
    }

    /** The first moment from {@code at} on with that much time before the next booking. */
    Instant freeFrom(Instant at, Duration need) {
      Instant free = at;
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Busy busy : bookings) {
          if (busy.until().isAfter(free) && busy.from().isBefore(free.plus(need))) {
            free = busy.until();
            moved = true;
          }
        }
      }
      return free;
    }

    private void forgetBefore(Instant time) {
      bookings.removeIf(busy -> busy.until().isBefore(time));
    }
  }

  private final Map<String, List<Agent>> byQueue = new LinkedHashMap<>();
  private final List<Agent> all = new ArrayList<>();

  DemoAgents(int count) {
    for (Map.Entry<String, Integer> queue : QUEUES.entrySet()) {
      List<Agent> agents = new ArrayList<>();
      int share = Math.max(1, Math.round(count * queue.getValue() / 100f));
      for (int i = 0; i < share; i++) {
        Agent agent = new Agent("a-" + (101 + all.size()), queue.getKey());
        agents.add(agent);
        all.add(agent);
      }
      byQueue.put(queue.getKey(), agents);
    }
  }

  List<Agent> all() {
    return all;
  }

  /** Drops what nobody can ask for any more. */
  void forgetBefore(Instant time) {
    all.forEach(agent -> agent.forgetBefore(time));
  }

  /**
   * Who of the queue is free first: at {@code at}, or later but before the caller's patience ends;
   * null when nobody is.
   */
  Agent first(String queue, Instant at, Duration patience, SplittableRandom random) {
    List<Agent> agents = byQueue.get(queue);
    int offset = random.nextInt(agents.size());
    Agent best = null;
    Instant bestFree = at.plus(patience);
    for (int i = 0; i < agents.size(); i++) {
      Agent agent = agents.get((offset + i) % agents.size());
      Instant free = agent.freeFrom(at, LONGEST);
      if (free.equals(at)) {
        return agent;
      }
      if (free.isBefore(bestFree)) {
        best = agent;
        bestFree = free;
      }
    }
    return best;
  }
}
