package io.nabz.launcher.demo;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The demo's endless stream of events in time order, a pure function of seed, start and rate. It
 * begins two hours before the start with a thin past (so that there are repeat callers and
 * abandoned carts from the first second), thickens to the full rate six minutes before, and goes
 * on.
 */
public final class DemoScript implements Iterator<Event> {
  static final Duration PAST = Duration.ofHours(2);
  private static final Duration FULL_RATE_BEFORE = Duration.ofMinutes(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /** Of the hours before; without any of them a source that says little would count as silent. */
  private static final Duration PAST_HEARTBEAT = Duration.ofMinutes(5);

  private static final Duration ONE_DAY = Duration.ofDays(1);

  /** Newcomers replace the longest known beyond this, so that the demo may run for weeks. */
  private static final int REGULARS = 2_500;

  /** Stories tell this many events on average; corrected by what they really do. */
  private static final double EVENTS_PER_STORY = 12;

  /** Found by trial: about one in twenty hangs up in the queue. */
  private static final double AGENTS_PER_RATE = 8;

  private static final List<String> SOURCES = List.of(Story.PBX, Story.SHOP, Story.CHAT, Story.CRM);

  private record Planned(long sequence, Event event) {}

  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(
          Comparator.comparing((Planned p) -> p.event().time()).thenComparing(Planned::sequence));
  private final Map<StoryKind, Long> told = new EnumMap<>(StoryKind.class);
  private final List<DemoCustomer> regulars = new ArrayList<>();
  private final DemoTexts texts = new DemoTexts();
  private final DemoAgents agents;
  private final SplittableRandom random;
  private final String run;
  private final double eventsPerSecond;
  private final Instant fullRateFrom;
  private final double pastGapMillis;
  private Instant nextStory;
  private Instant nextHeartbeat;
  private long sequence;
  private long stories;
  private int customers;

  /**
   * @param start the moment that is "now" for the script; part of every id, so that a restart says
   *     nothing twice
   * @param eventsPerSecond mean rate from the start on, 0.1 to 10,000
   */
  public DemoScript(long seed, Instant start, double eventsPerSecond) {
    start = requireNonNull(start, "start is null").truncatedTo(ChronoUnit.MILLIS);
    if (!(eventsPerSecond >= 0.1 && eventsPerSecond <= 10_000)) {
      throw new IllegalArgumentException("the rate must be 0.1 to 10000 events a second");
    }
    this.random = new SplittableRandom(seed);
    this.run = Long.toString(seed, 36) + "." + Long.toString(start.toEpochMilli(), 36);
    this.eventsPerSecond = eventsPerSecond;
    this.fullRateFrom = start.minus(FULL_RATE_BEFORE);
    this.nextStory = start.minus(PAST);
    this.nextHeartbeat = nextStory;
    double pastStories = Math.min(400, Math.max(60, eventsPerSecond * 8));
    this.pastGapMillis = PAST.minus(FULL_RATE_BEFORE).toMillis() / pastStories;
    this.agents =
        new DemoAgents((int) Math.max(8, Math.ceil(eventsPerSecond * AGENTS_PER_RATE) + 4));
    agents.all().forEach(this::startShift);
  }

  private void startShift(DemoAgents.Agent agent) {
    ObjectNode data = Json.mapper().createObjectNode();
    data.put("agentId", agent.id).put("state", "available").put("queue", agent.queue);
    plan(nextStory, Story.PBX, "agent.state_changed", null, data);
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Event next() {
    while (planned.isEmpty() || !planned.peek().event().time().isBefore(nextStory)) {
      tellOne();
    }
    Instant first = planned.peek().event().time();
    if (first.isAfter(nextHeartbeat)) {
      for (String source : SOURCES) {
        plan(nextHeartbeat, source, "source.heartbeat", null, Json.mapper().createObjectNode());
      }
      nextHeartbeat =
          nextHeartbeat.plus(nextHeartbeat.isBefore(fullRateFrom) ? PAST_HEARTBEAT : HEARTBEAT);
      agents.forgetBefore(nextStory.minus(HEARTBEAT));
    }
    return planned.poll().event();
  }

  /** How many stories of each kind were begun. */
  Map<StoryKind, Long> told() {
    return Map.copyOf(told);
  }

  private void tellOne() {
    SplittableRandom own = random.split();
    StoryKind kind = StoryKind.next(own);
    told.merge(kind, 1L, Long::sum);
    Instant start = nextStory;
    String id = run + "." + Long.toString(stories++, 36);
    DemoCustomer customer = customer(kind, start);
    Story story = new Story(id, start, customer, own, texts, agents, this::plan);
    kind.tell(story);
    customer.busyUntil(story.now());
    nextStory = start.plusMillis(gapMillis(start));
  }

  private long gapMillis(Instant at) {
    // Exponential gaps: arrivals that do not know of each other.
    double draw = -Math.log(1 - random.nextDouble());
    if (at.isBefore(fullRateFrom)) {
      return Math.max(1, Math.round(draw * pastGapMillis));
    }
    // The prior counts as 200 stories.
    double eventsPerStory = (EVENTS_PER_STORY * 200 + sequence) / (200 + stories);
    return Math.max(1, Math.round(draw * eventsPerStory / eventsPerSecond * 1000));
  }

  private DemoCustomer customer(StoryKind kind, Instant at) {
    if (regulars.size() > 50 && random.nextInt(100) < 85) {
      for (int attempt = 0; attempt < 8; attempt++) {
        DemoCustomer known = regulars.get(random.nextInt(regulars.size()));
        if (known.freeAt(at) && !(kind.calls() && known.calledWithin(ONE_DAY, at))) {
          return known;
        }
      }
    }
    DemoCustomer customer = new DemoCustomer(customers++, texts, random);
    if (regulars.size() < REGULARS) {
      regulars.add(customer);
    } else {
      regulars.set(customers % REGULARS, customer);
    }
    return customer;
  }

  private void plan(Instant time, String source, String type, String subject, ObjectNode data) {
    String id = run + "-" + Long.toString(sequence, 36);
    Event event = new Event(CustomerKey.DEFAULT_TENANT, source, id, type, time, subject, data);
    planned.add(new Planned(sequence++, event));
  }
}
