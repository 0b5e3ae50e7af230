package io.nabz.launcher.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.nabz.launcher.replay.Mapping.Fields;
import io.nabz.launcher.replay.Mapping.Happening;
import io.nabz.launcher.replay.Mapping.Sieve;
import io.nabz.launcher.replay.Mapping.Who;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an adapter's YAML; what does not fit is refused with the place, e.g. {@code events[2].at}.
 */
final class MappingReader {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<String, RowShaper> shapers;
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();
  private final Map<String, TimeRule> times = new LinkedHashMap<>();

  private MappingReader(Map<String, RowShaper> shapers) {
    this.shapers = shapers;
  }

  static MappingAdapter resource(String name, Map<String, RowShaper> shapers) {
    String path = "/adapters/" + name + ".yaml";
    try (InputStream in = MappingReader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no resource " + path);
      }
      return read(
          name, new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), shapers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException with the place and what to write there
   */
  static MappingAdapter read(String name, String yaml, Map<String, RowShaper> shapers) {
    try {
      Node root = new Node(name, YAML.readTree(yaml));
      return new MappingAdapter(new MappingReader(shapers).mapping(name, root));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + ": not YAML: " + e.getOriginalMessage(), e);
    }
  }

  private Mapping mapping(String name, Node root) {
    root.only(
        "description",
        "format",
        "header",
        "columns",
        "shaper",
        "order",
        "zone",
        "source",
        "between",
        "leaveOut",
        "refuseUnless",
        "values",
        "tables",
        "times",
        "who",
        "data",
        "events");
    List<String> fileColumns = root.at("columns").list().stream().map(Node::text).toList();
    columns.addAll(fileColumns);
    if (columns.isEmpty() || columns.size() != fileColumns.size()) {
      throw root.at("columns").wrong("name every column once");
    }
    root.at("tables").fields().forEach((key, node) -> tables.put(key, table(node)));
    Map<String, Template> values = new LinkedHashMap<>();
    root.at("values")
        .fields()
        .forEach(
            (key, node) -> {
              values.put(key, template(node));
              if (!columns.add(key)) {
                throw node.wrong("there is already a column of that name");
              }
            });
    ZoneId zone = zone(root.at("zone"));
    root.at("times").fields().forEach((key, node) -> times.put(key, time(node, zone)));
    Node between = root.at("between");
    List<Node> bounds = between.list();
    if (between.present() && bounds.size() != 2) {
      throw between.wrong("write two times, the second exclusive");
    }
    Fields common = fields(root.at("data"));
    List<Happening> events =
        root.at("events").list().stream().map(node -> happening(node, common)).toList();
    List<Who> who = root.at("who").list().stream().map(this::who).toList();
    if (events.isEmpty() || who.isEmpty()) {
      throw root.wrong("needs at least one entry in 'events' and one in 'who'");
    }
    return new Mapping(
        name,
        root.at("description").text(),
        RowFormat.of(root.at("format")),
        root.at("header").text("false").equals("true"),
        fileColumns,
        shaper(root.at("shaper")),
        ordering(root.at("order")),
        root.at("source").text(),
        bounds.isEmpty() ? null : instant(bounds.get(0)),
        bounds.isEmpty() ? null : instant(bounds.get(1)),
        root.at("leaveOut").list().stream().map(this::sieve).toList(),
        root.at("refuseUnless").list().stream().map(this::sieve).toList(),
        values,
        who,
        events);
  }

  private RowShaper shaper(Node node) {
    if (!node.present()) {
      return null;
    }
    RowShaper shaper = shapers.get(node.text());
    if (shaper == null) {
      throw node.wrong("unknown shaper; known are " + shapers.keySet());
    }
    return shaper;
  }

  private static Ordering ordering(Node node) {
    String text = node.text();
    if (text.equals("any")) {
      return Ordering.any();
    }
    if (text.equals("as-written")) {
      return Ordering.asWritten();
    }
    if (text.startsWith("within ")) {
      return Ordering.within(duration(node, text.substring("within ".length())));
    }
    throw node.wrong("write any, as-written or 'within 10m'");
  }

  private static Duration duration(Node node, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw node.wrong(e.getMessage());
    }
  }

  private static Map<String, String> table(Node node) {
    Map<String, String> table = new LinkedHashMap<>();
    node.fields().forEach((key, value) -> table.put(key, value.text()));
    return table;
  }

  private static ZoneId zone(Node node) {
    try {
      return ZoneId.of(node.text("UTC"));
    } catch (DateTimeException e) {
      throw node.wrong("not a time zone like Asia/Tehran");
    }
  }

  private static Instant instant(Node node) {
    try {
      return Instant.parse(node.text());
    } catch (DateTimeException e) {
      throw node.wrong("not a time like 2017-11-25T00:00:00Z");
    }
  }

  private TimeRule time(Node node, ZoneId zone) {
    node.only(
        "epochSeconds",
        "epochMillis",
        "rfc3339",
        "date",
        "pattern",
        "clock",
        "near",
        "unless",
        "otherwise");
    if (node.at("epochSeconds").present()) {
      return new TimeRule.Epoch(column(node.at("epochSeconds")), false);
    }
    if (node.at("epochMillis").present()) {
      return new TimeRule.Epoch(column(node.at("epochMillis")), true);
    }
    if (node.at("rfc3339").present()) {
      return new TimeRule.Rfc3339(column(node.at("rfc3339")));
    }
    String clock = column(node.at("clock"));
    if (node.at("date").present()) {
      return new TimeRule.Calendar(
          column(node.at("date")), TimeRule.dateFormat(node.at("pattern")), clock, zone);
    }
    boolean fallback = node.at("otherwise").present();
    if (fallback != node.at("unless").present()) {
      throw node.wrong("'unless' and 'otherwise' go together");
    }
    return new TimeRule.Clock(
        clock,
        timeNamed(node.at("near")),
        zone,
        Condition.parse(node.at("unless"), columns),
        fallback ? timeNamed(node.at("otherwise")) : null);
  }

  private TimeRule timeNamed(Node node) {
    TimeRule rule = times.get(node.text());
    if (rule == null) {
      throw node.wrong("no time of that name above; known so far are " + times.keySet());
    }
    return rule;
  }

  private String column(Node node) {
    if (!columns.contains(node.text())) {
      throw node.wrong("unknown column '" + node.text() + "'; known are " + columns);
    }
    return node.text();
  }

  private Template template(Node node) {
    return Template.parse(node, columns, tables);
  }

  private Sieve sieve(Node node) {
    node.only("when", "because");
    return new Sieve(Condition.parse(node.at("when"), columns), node.at("because").text());
  }

  private Who who(Node node) {
    node.only("when", "subject", "identifiers");
    Map<String, Template> identifiers = new LinkedHashMap<>();
    node.at("identifiers")
        .fields()
        .forEach((key, value) -> identifiers.put(key, identifier(value, key)));
    Template subject = node.at("subject").present() ? template(node.at("subject")) : null;
    if (subject == null && identifiers.isEmpty()) {
      throw node.wrong("needs a 'subject' or 'identifiers'");
    }
    return new Who(Condition.parse(node.at("when"), columns), subject, identifiers);
  }

  private Template identifier(Node node, String name) {
    if (io.nabz.model.IdentifierType.ofOrNull(name) == null) {
      throw node.wrong("no identifier of that name in the contract");
    }
    return template(node);
  }

  private Happening happening(Node node, Fields common) {
    node.only("when", "type", "at", "id", "data");
    Map<String, Object> entries = new LinkedHashMap<>(common.entries());
    entries.putAll(fields(node.at("data")).entries());
    return new Happening(
        Condition.parse(node.at("when"), columns),
        node.at("type").text(),
        timeNamed(node.at("at")),
        template(node.at("id")),
        new Fields(entries));
  }

  private Fields fields(Node node) {
    Map<String, Object> entries = new LinkedHashMap<>();
    node.fields()
        .forEach(
            (key, value) ->
                entries.put(
                    key,
                    value.value().isObject()
                        ? fields(value)
                        : value.value().isTextual() ? template(value) : value.value()));
    return new Fields(entries);
  }
}
