package io.nabz.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An adapter as declared; read and checked by {@link MappingReader}.
 *
 * @param header whether the first line names the columns, which may then stand in any order
 * @param columns of the file, in its order when there is no header
 * @param shaper null when each record is one row
 * @param earliest times before it and from {@code latest} on are not of this recording; null for no
 *     bound
 */
record Mapping(
    String name,
    String description,
    RowFormat format,
    boolean header,
    List<String> columns,
    RowShaper shaper,
    Ordering ordering,
    String source,
    Instant earliest,
    Instant latest,
    List<Sieve> leaveOut,
    List<Sieve> refuseUnless,
    Map<String, Template> values,
    List<Who> who,
    List<Happening> events) {

  /** Rows that are not wanted, and why. */
  record Sieve(Condition when, String because) {}

  /** Whose event it is; the first whose condition holds counts. */
  record Who(Condition when, Template subject, Map<String, Template> identifiers) {}

  /** One event that a row gives when the condition holds. */
  record Happening(Condition when, String type, TimeRule at, Template id, Fields data) {}

  /** A block of data: templates, constants and blocks in it. */
  record Fields(Map<String, Object> entries) {
    /** Adds what the row has to the target; empty columns are left out. */
    void render(ObjectNode row, ObjectNode target) {
      entries.forEach(
          (key, value) -> {
            if (value instanceof Fields block) {
              block.render(row, target.putObject(key));
            } else {
              JsonNode rendered =
                  value instanceof Template template ? template.render(row) : (JsonNode) value;
              if (rendered != null) {
                target.set(key, rendered);
              }
            }
          });
    }
  }

  Mapping {
    columns = List.copyOf(columns);
    leaveOut = List.copyOf(leaveOut);
    refuseUnless = List.copyOf(refuseUnless);
    who = List.copyOf(who);
    events = List.copyOf(events);
  }
}
