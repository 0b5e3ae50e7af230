package io.nabz.api.store;

import io.nabz.model.Snapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a snapshot can be searched for. A customer is indexed anew only when this changes, so
 * that most events cost the index nothing.
 *
 * @param names as they are written, in whatever script
 * @param identifiers by type, normalised
 * @param flags that hold now, by name
 * @param lastContactAt when the newest contact came into its state; null without one
 */
public record SearchFields(
    List<String> names,
    Map<String, List<String>> identifiers,
    List<String> flags,
    String sentiment,
    String tier,
    String stage,
    BigDecimal spend,
    long orders,
    Instant lastContactAt) {
  private static final List<String> NAMES = List.of("name", "firstName", "lastName");

  public SearchFields {
    names = List.copyOf(names);
    flags = List.copyOf(flags);
  }

  public static SearchFields of(Snapshot snapshot) {
    Snapshot.Value value = snapshot.value();
    return new SearchFields(
        names(snapshot.identity()),
        identifiers(snapshot.identity()),
        snapshot.flags() == null
            ? List.of()
            : snapshot.flags().stream().map(flag -> flag.code().name()).sorted().toList(),
        snapshot.sentiment() == null ? null : snapshot.sentiment().label(),
        value == null ? null : value.tier(),
        snapshot.history() == null ? null : snapshot.history().stage(),
        value == null || value.spend() == null ? null : value.spend().amount(),
        value == null ? 0 : value.orders(),
        lastContact(snapshot));
  }

  private static List<String> names(Snapshot.Identity identity) {
    List<String> names = new ArrayList<>();
    if (identity != null && identity.attributes() != null) {
      for (String attribute : NAMES) {
        String name = identity.attributes().get(attribute);
        if (name != null && !name.isBlank()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static Map<String, List<String>> identifiers(Snapshot.Identity identity) {
    return identity == null || identity.identifiers() == null
        ? Map.of()
        : new TreeMap<>(identity.identifiers());
  }

  private static Instant lastContact(Snapshot snapshot) {
    Instant newest = null;
    List<Snapshot.Contact> contacts = new ArrayList<>();
    if (snapshot.currentActivity() != null && snapshot.currentActivity().contacts() != null) {
      contacts.addAll(snapshot.currentActivity().contacts());
    }
    if (snapshot.history() != null && snapshot.history().contacts() != null) {
      contacts.addAll(snapshot.history().contacts());
    }
    for (Snapshot.Contact contact : contacts) {
      Instant at = contact.endedAt() == null ? contact.since() : contact.endedAt();
      if (at != null && (newest == null || at.isAfter(newest))) {
        newest = at;
      }
    }
    return newest;
  }
}
