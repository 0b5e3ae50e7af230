package io.nabz.api.rules;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.api.intake.EventLog;
import io.nabz.api.intake.Outgoing;
import io.nabz.api.kafka.KafkaSettings;
import io.nabz.api.kafka.TopicFollower;
import io.nabz.model.Json;
import io.nabz.model.Topic;
import io.nabz.rules.catalogue.Catalogue;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.RuleStatus;
import io.nabz.rules.language.Rule;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import io.nabz.warm.WarmStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of each tenant over those of the catalogue. Each write makes a version; former ones are
 * kept under {@code tenant/id@version}. One writer at a time: of two replicas that write the same
 * rule in the same moment the later one wins.
 */
public final class RuleStore implements AutoCloseable {
  /** What the server says of a rule; what a client says in these is passed over. */
  private static final List<String> OF_THE_SERVER =
      List.of(
          "version",
          "patternVersion",
          "changedAt",
          "changedBy",
          "builtIn",
          "deleted",
          "status",
          "start");

  /** Where these are the same, matches under way go on. */
  private static final List<String> PATTERN =
      List.of("pattern", "within", "by", "across", "watch", "ordering", "afterMatch");

  /** By then the stream itself has given up a start that nobody finished. */
  private static final Duration STARTED_BY_THEN = Duration.ofMinutes(20);

  private static final Duration READ_BACK = Duration.ofSeconds(5);

  /** A version of a rule made ready; null for one that does not compile. */
  private record Compiled(int version, CompiledRule rule) {}

  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
  private final RuleRecords records = new RuleRecords();
  private final TopicFollower feed;
  private final EventLog log;
  private final Clock clock;

  public RuleStore(KafkaSettings kafka, EventLog log, Clock clock) {
    this.feed = new TopicFollower(kafka, Topic.RULES, records::take);
    this.log = requireNonNull(log, "log is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  public void start() {
    feed.start();
  }

  /** What is still waited for, or null when all rules are known. */
  public String waitingFor() {
    return feed.waitingFor();
  }

  /** All rules that there are for the tenant, by id. */
  public List<ObjectNode> list(String tenant) {
    Map<String, ObjectNode> all = new TreeMap<>();
    for (Rule rule : Catalogue.rules()) {
      all.put(rule.id(), builtIn(rule));
    }
    records.of(tenant).forEach(own -> all.put(own.getKey(), own.getValue()));
    return all.values().stream().filter(rule -> !isDeleted(rule)).toList();
  }

  /** The rules that run over the customers of the tenant, as the stream compiles them. */
  public RuleSet running(String tenant) {
    List<CompiledRule> running = new ArrayList<>();
    for (ObjectNode rule : list(tenant)) {
      RuleStatus status = heldBack(tenant, rule);
      if (status == null || status.state() != RuleStatus.State.SUSPENDED) {
        compiled(tenant, rule).ifPresent(running::add);
      }
    }
    return new RuleSet(running);
  }

  /** The rule with how it runs: {@code status}, with the reason where it is held back. */
  public ObjectNode withStatus(String tenant, ObjectNode rule) {
    RuleStatus status = heldBack(tenant, rule);
    ObjectNode shown = rule.deepCopy();
    if (!rule.path("enabled").asBoolean(true)) {
      shown.putObject("status").put("state", "disabled");
    } else if (status == null) {
      shown.putObject("status").put("state", "running");
    } else {
      ObjectNode json = status.toJson();
      json.remove("version");
      shown.set("status", json);
    }
    if (rule.path("start").asText().equals("warm") && rule.path("enabled").asBoolean(true)) {
      ((ObjectNode) shown.get("status")).set("start", started(tenant, rule));
    }
    return shown;
  }

  /** How a warm start is or went. */
  private ObjectNode started(String tenant, ObjectNode rule) {
    WarmStatus status = records.started(tenant + '/' + rule.path("id").asText());
    if (status != null && status.version() == rule.path("version").asInt()) {
      return status.toJson();
    }
    Instant writtenAt = Instant.parse(rule.path("changedAt").asText());
    return clock.instant().isAfter(writtenAt.plus(STARTED_BY_THEN))
        ? WarmStatus.cold(0, "it was not finished; " + WarmStatus.AGAIN).toJson()
        : Json.mapper().createObjectNode().put("state", "warming");
  }

  private RuleStatus heldBack(String tenant, ObjectNode rule) {
    return records.status(tenant, rule.path("id").asText(), rule.path("version").asInt());
  }

  /** Compiled once for each version; the former one is let go. */
  private Optional<CompiledRule> compiled(String tenant, ObjectNode rule) {
    boolean builtIn = rule.path("builtIn").asBoolean();
    String name = (builtIn ? "" : tenant) + '/' + rule.path("id").asText();
    int version = rule.path("version").asInt();
    Compiled known = compiled.get(name);
    if (known == null || known.version() != version) {
      try {
        known = new Compiled(version, RuleCompiler.compile(RuleReader.read(rule)));
      } catch (RuleException e) {
        // Written past us, or for a newer release; the stream passes it over too.
        known = new Compiled(version, null);
      }
      compiled.put(name, known);
    }
    return Optional.ofNullable(known.rule());
  }

  /** The rule as it is now. */
  public Optional<ObjectNode> get(String tenant, String id) {
    return newest(tenant, id).filter(rule -> !isDeleted(rule));
  }

  /** All versions that were written, oldest first; also of a deleted rule. */
  public List<ObjectNode> versions(String tenant, String id) {
    return records.versions(tenant + '/' + id);
  }

  /**
   * Checks a rule, gives it its number and writes it.
   *
   * @param by who does
   * @throws io.nabz.rules.language.RuleException with everything that is wrong; nothing is written
   * @throws EventLog.UnavailableException when the broker does not take it
   */
  public ObjectNode put(String tenant, ObjectNode document, String by) {
    return put(tenant, document, by, false);
  }

  /**
   * The same.
   *
   * @param warm whether the stream is to wait for what had begun before; nothing goes on from the
   *     former version then
   */
  public synchronized ObjectNode put(String tenant, ObjectNode document, String by, boolean warm) {
    ObjectNode rule = document.deepCopy();
    rule.remove(OF_THE_SERVER);
    RuleCompiler.compile(RuleReader.read(rule));
    String id = rule.get("id").textValue();
    ObjectNode before = newest(tenant, id).orElse(null);
    int version = before == null ? 1 : before.path("version").asInt() + 1;
    if (warm) {
      rule.put("start", "warm");
    }
    if (warm || before == null || !goesOn(before, rule)) {
      rule.put("patternVersion", version);
    } else if (before.has("patternVersion")) {
      rule.set("patternVersion", before.get("patternVersion"));
    }
    return write(tenant, id, stamped(rule, version, by));
  }

  /** Takes the rule out of service; its versions stay. False when there is none. */
  public synchronized boolean delete(String tenant, String id, String by) {
    ObjectNode before = get(tenant, id).orElse(null);
    if (before == null) {
      return false;
    }
    ObjectNode gone = before.deepCopy();
    gone.remove("builtIn");
    write(tenant, id, stamped(gone.put("deleted", true), before.path("version").asInt() + 1, by));
    return true;
  }

  private ObjectNode stamped(ObjectNode rule, int version, String by) {
    return rule.put("version", version)
        .put("changedAt", clock.instant().toString())
        .put("changedBy", by);
  }

  private ObjectNode write(String tenant, String id, ObjectNode rule) {
    String key = tenant + '/' + id;
    byte[] json = Json.bytes(rule);
    int version = rule.get("version").intValue();
    try {
      log.append(
              List.of(
                  new Outgoing(Topic.RULES, key + '@' + version, json, Map.of()),
                  new Outgoing(Topic.RULES, key, json, Map.of())))
          .join();
      if (!feed.await(() -> isRead(key, version), READ_BACK)) {
        throw new EventLog.UnavailableException(
            new IllegalStateException("the rule is kept but was not read back in time"));
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof EventLog.UnavailableException unavailable ? unavailable : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventLog.UnavailableException(e);
    }
    return rule;
  }

  private boolean isRead(String key, int version) {
    return records.newest(key).map(rule -> rule.path("version").asInt()).orElse(-1) >= version;
  }

  /** Whether what is under way of the one can go on under the other. */
  private static boolean goesOn(ObjectNode before, ObjectNode after) {
    boolean ran = before.path("enabled").asBoolean(true) && !isDeleted(before);
    return ran
        && PATTERN.stream().allMatch(field -> Objects.equals(before.get(field), after.get(field)));
  }

  private Optional<ObjectNode> newest(String tenant, String id) {
    Optional<ObjectNode> own = records.newest(tenant + '/' + id);
    return own.isPresent()
        ? own
        : Catalogue.rules().stream()
            .filter(rule -> rule.id().equals(id))
            .map(RuleStore::builtIn)
            .findFirst();
  }

  private static ObjectNode builtIn(Rule rule) {
    return rule.source().deepCopy().put("version", rule.version()).put("builtIn", true);
  }

  private static boolean isDeleted(JsonNode rule) {
    return rule.path("deleted").asBoolean();
  }

  @Override
  public void close() {
    feed.close();
  }
}
