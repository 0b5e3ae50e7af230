package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.launcher.replay.Mapping.Happening;
import io.nabz.launcher.replay.Mapping.Sieve;
import io.nabz.launcher.replay.Mapping.Who;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An adapter made of a {@link Mapping}. A row gives all its events or is refused as a whole. */
record MappingAdapter(Mapping mapping) implements Adapter {
  MappingAdapter {
    requireNonNull(mapping, "mapping is null");
  }

  @Override
  public String name() {
    return mapping.name();
  }

  @Override
  public String description() {
    return mapping.description();
  }

  @Override
  public Ordering ordering() {
    return mapping.ordering();
  }

  @Override
  public Translator open() {
    return new Lines();
  }

  private final class Lines implements Translator {
    private List<String> columns = mapping.header() ? null : mapping.columns();

    @Override
    public Translation translate(String line) {
      if (line.isBlank()) {
        return Translation.silent();
      }
      if (columns == null) {
        columns = headerOf(line);
        return Translation.silent();
      }
      try {
        ObjectNode row = mapping.format().row(line, columns);
        return MappingAdapter.this.translate(
            mapping.shaper() == null ? List.of(row) : mapping.shaper().shape(row));
      } catch (BadRow e) {
        return Translation.refused(e.getMessage());
      }
    }

    private List<String> headerOf(String line) {
      List<String> names = mapping.format().cells(line).stream().map(String::strip).toList();
      Set<String> missing = new HashSet<>(mapping.columns());
      missing.removeAll(new HashSet<>(names));
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(
            "this is no %s file: its first line does not name the column(s) %s"
                .formatted(mapping.name(), String.join(", ", missing.stream().sorted().toList())));
      }
      return names;
    }
  }

  private Translation translate(List<ObjectNode> rows) {
    List<Event> events = new ArrayList<>();
    String leftOut = null;
    for (ObjectNode row : rows) {
      mapping.values().forEach((name, template) -> row.put(name, template.text(row)));
      Sieve out = matching(mapping.leaveOut(), row, true);
      if (out != null) {
        leftOut = out.because();
        continue;
      }
      Sieve missed = matching(mapping.refuseUnless(), row, false);
      if (missed != null) {
        throw new BadRow(missed.because());
      }
      addEvents(row, events);
    }
    return events.isEmpty() && leftOut != null
        ? Translation.leftOut(leftOut)
        : Translation.of(events);
  }

  private static Sieve matching(List<Sieve> sieves, ObjectNode row, boolean holds) {
    for (Sieve sieve : sieves) {
      if (sieve.when().holds(row) == holds) {
        return sieve;
      }
    }
    return null;
  }

  private void addEvents(ObjectNode row, List<Event> events) {
    Who who = null;
    for (Who candidate : mapping.who()) {
      if (who == null && candidate.when().holds(row)) {
        who = candidate;
      }
    }
    if (who == null) {
      throw new BadRow("the row names no customer");
    }
    for (Happening happening : mapping.events()) {
      if (happening.when().holds(row)) {
        events.add(event(happening, who, row));
      }
    }
  }

  private Event event(Happening happening, Who who, ObjectNode row) {
    Instant time = happening.at().read(row);
    if (mapping.earliest() != null
        && (time.isBefore(mapping.earliest()) || !time.isBefore(mapping.latest()))) {
      throw new BadRow(
          "the time is not between %s and %s; the row is cut off or of another file"
              .formatted(mapping.earliest(), mapping.latest()));
    }
    ObjectNode data = Json.mapper().createObjectNode();
    if (!who.identifiers().isEmpty()) {
      ObjectNode identifiers = data.putObject("identifiers");
      for (Map.Entry<String, Template> entry : who.identifiers().entrySet()) {
        identifiers.put(entry.getKey(), entry.getValue().text(row));
      }
    }
    happening.data().render(row, data);
    return new Event(
        CustomerKey.DEFAULT_TENANT,
        mapping.source(),
        happening.id().text(row),
        happening.type(),
        time,
        who.subject() == null ? null : who.subject().text(row),
        data);
  }
}
