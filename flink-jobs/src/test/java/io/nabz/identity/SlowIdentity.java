package io.nabz.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import io.nabz.model.IdentifierType.Tier;
import io.nabz.model.StableHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose each event is, worked out from all events at once and without any cleverness: what the
 * stream must come to, in whatever order it hears of them.
 */
final class SlowIdentity {
  private record Use(long timeMs, String owner) {}

  private static final IdentifierNormaliser NORMALISER = new IdentifierNormaliser("IR");

  private final Map<String, List<Use>> uses = new HashMap<>();
  private final Map<String, Long> splits = new HashMap<>();
  private final Map<String, String> roots;
  private final List<Event> events;

  SlowIdentity(Collection<Event> arrived) {
    Map<Long, Event> once = new LinkedHashMap<>();
    arrived.forEach(event -> once.putIfAbsent(hash(event), event));
    events = new ArrayList<>(once.values());
    events.sort(Comparator.comparing(Event::time).thenComparing(SlowIdentity::hash));
    for (Event event : events) {
      read(event);
    }
    uses.forEach(
        (identifier, of) ->
            of.removeIf(use -> use.timeMs() <= splits.getOrDefault(identifier, Long.MIN_VALUE)));
    uses.values()
        .forEach(of -> of.sort(Comparator.comparing(Use::timeMs).thenComparing(Use::owner)));
    roots = roots();
  }

  static long hash(Event event) {
    return StableHash.pair(event.source(), event.id());
  }

  /** The events of each customer, oldest first. */
  Map<String, List<Event>> histories() {
    Map<String, List<Event>> histories = new TreeMap<>();
    for (Event event : events) {
      histories.computeIfAbsent(owner(event), key -> new ArrayList<>()).add(event);
    }
    return histories;
  }

  /** Whom a customer was merged into, itself if nobody. */
  String root(String customer) {
    return roots.getOrDefault(customer, customer);
  }

  private String owner(Event event) {
    if (event.subject() != null) {
      return root(event.tenant() + '/' + event.subject());
    }
    String at = strongest(event);
    while (isProvisional(at)) {
      String next = user(at, event.time().toEpochMilli());
      if (next == null) {
        return at;
      }
      at = next;
    }
    return root(at);
  }

  private String user(String identifier, long timeMs) {
    List<Use> all = uses.getOrDefault(identifier, List.of());
    String user = all.isEmpty() ? null : all.get(0).owner();
    for (Use use : all) {
      user = use.timeMs() <= timeMs ? use.owner() : user;
    }
    return user;
  }

  private void read(Event event) {
    long timeMs = event.time().toEpochMilli();
    if (event.type().equals(EventTypes.IDENTITY_SPLIT)) {
      JsonNode what = event.data().path("identifier");
      identifiers(event.tenant(), what)
          .forEach((name, tier) -> splits.merge(name, timeMs, Math::max));
      return;
    }
    String owner =
        event.subject() == null ? strongest(event) : event.tenant() + '/' + event.subject();
    Tier tierOfOwner = event.subject() == null ? all(event).get(owner) : Tier.CUSTOMER;
    all(event)
        .forEach(
            (name, tier) -> {
              boolean weaker = tier == Tier.WEAK && tierOfOwner != Tier.WEAK;
              if (event.subject() != null || weaker) {
                uses.computeIfAbsent(name, key -> new ArrayList<>()).add(new Use(timeMs, owner));
              }
            });
  }

  private static String strongest(Event event) {
    return all(event).keySet().iterator().next();
  }

  private static Map<String, Tier> all(Event event) {
    return identifiers(event.tenant(), event.data().path("identifiers"));
  }

  /** By their provisional ids, strongest first. */
  private static Map<String, Tier> identifiers(String tenant, JsonNode of) {
    Map<String, Tier> identifiers = new LinkedHashMap<>();
    for (IdentifierType type : IdentifierType.values()) {
      if (of.has(type.code())) {
        Identifier identifier = NORMALISER.normalise(type, of.get(type.code()).asText());
        identifiers.put(tenant + '/' + identifier.provisionalCustomerId(), type.tier());
      }
    }
    return identifiers;
  }

  private static boolean isProvisional(String key) {
    return CustomerKey.parse(key).isProvisional();
  }

  /** The newest word on each customer, in the order of their times; the newest merge wins. */
  private Map<String, String> roots() {
    Map<String, Event> words = new TreeMap<>();
    for (Event event : events) {
      String from = event.text("from");
      boolean merges = event.type().equals(EventTypes.IDENTITY_MERGED);
      // Nobody is merged into itself.
      if (from != null && !(merges && from.equals(event.text("into")))) {
        words.merge(event.tenant() + '/' + from, event, SlowIdentity::newer);
      }
    }
    List<Map.Entry<String, Event>> inOrder = new ArrayList<>(words.entrySet());
    inOrder.sort(
        Comparator.<Map.Entry<String, Event>, java.time.Instant>comparing(e -> e.getValue().time())
            .thenComparing(Map.Entry::getKey));
    Map<String, String> into = new HashMap<>();
    for (Map.Entry<String, Event> word : inOrder) {
      if (word.getValue().type().equals(EventTypes.IDENTITY_MERGED)) {
        String target = word.getValue().tenant() + '/' + word.getValue().text("into");
        if (end(into, target).equals(word.getKey())) {
          into.remove(target);
        }
        into.put(word.getKey(), target);
      }
    }
    Map<String, String> ends = new HashMap<>();
    into.keySet().forEach(customer -> ends.put(customer, end(into, customer)));
    return ends;
  }

  private static String end(Map<String, String> into, String customer) {
    String at = customer;
    while (into.containsKey(at)) {
      at = into.get(at);
    }
    return at;
  }

  private static Event newer(Event one, Event other) {
    int order = one.time().compareTo(other.time());
    if (order != 0) {
      return order > 0 ? one : other;
    }
    boolean parts = one.type().equals(EventTypes.IDENTITY_SPLIT);
    boolean otherParts = other.type().equals(EventTypes.IDENTITY_SPLIT);
    if (parts || otherParts) {
      return parts ? one : other;
    }
    return one.text("into").compareTo(other.text("into")) > 0 ? one : other;
  }
}
