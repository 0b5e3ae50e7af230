package io.nabz.api.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nabz.api.store.CustomerSnapshot;
import io.nabz.api.store.Masking;
import io.nabz.api.store.ServedAlert;
import io.nabz.api.store.ViewStore;
import io.nabz.model.Alert;
import io.nabz.model.CustomerKey;
import io.nabz.model.IdentifierType;
import io.nabz.model.Json;
import io.nabz.model.LocalisedText;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out of what is served what the asker's role may not see, field by field. Towards {@link
 * Sight#INDIRECT} only fields that are known to point to nobody pass; a field that is added to the
 * snapshot stays hidden until it is named here.
 */
public final class PersonalData {
  private static final String NATIONAL_ID_FIELD = '"' + IdentifierType.NATIONAL_ID.code() + '"';
  private static final int SHOWN_OF_NATIONAL_ID = 4;
  private static final List<String> FACETS =
      List.of(
          "customerId",
          "version",
          "asOf",
          "identity",
          "relationships",
          "currentActivity",
          "history",
          "value",
          "sentiment",
          "flags",
          "actions",
          "redirectTo");
  private static final List<String> OF_IDENTITY = List.of("language", "consents", "asOf");

  /** What people write or read; everything else is a code, an id, a number or a time. */
  private static final Set<String> PROSE = Set.of("text", "name", "topic", "task", "products");

  /** The ids of customers: what one who may see no more speaks of them by. */
  private static final Set<String> IDS = Set.of("customerId", "customer", "redirectTo");

  private final ViewStore store;

  public PersonalData(ViewStore store) {
    this.store = store;
  }

  /** A snapshot as that sight has it. */
  public static byte[] snapshot(byte[] json, Sight sight) {
    if (sight == Sight.WHOLE) {
      return json;
    }
    if (sight == Sight.SERVING) {
      // Looked for as text first: most customers have none, and a snapshot is long to parse.
      if (!new String(json, StandardCharsets.ISO_8859_1).contains(NATIONAL_ID_FIELD)) {
        return json;
      }
      JsonNode whole = tree(json);
      JsonNode ids = whole.at("/identity/identifiers/" + IdentifierType.NATIONAL_ID.code());
      if (!(ids instanceof ArrayNode list)) {
        return json;
      }
      for (int i = 0; i < list.size(); i++) {
        list.set(i, new TextNode(end(list.get(i).asText())));
      }
      return Json.bytes(whole);
    }
    JsonNode whole = tree(json);
    ObjectNode shown = Json.mapper().createObjectNode();
    for (String facet : FACETS) {
      if (whole.has(facet)) {
        shown.set(facet, facet.equals("identity") ? identity(whole.get(facet)) : whole.get(facet));
      }
    }
    // Places in a text that has lost words would point beside it.
    if (shown.at("/sentiment/lastText") instanceof ObjectNode text) {
      text.putArray("spans");
    }
    return Json.bytes(masked(null, shown, Masking.of(read(json))));
  }

  /** Identifiers by type as that sight has them; null for none of them. */
  public static Map<String, List<String>> identifiers(
      Map<String, List<String>> identifiers, Sight sight) {
    if (sight == Sight.INDIRECT) {
      return null;
    }
    if (sight == Sight.WHOLE || !identifiers.containsKey(IdentifierType.NATIONAL_ID.code())) {
      return identifiers;
    }
    Map<String, List<String>> shown = new LinkedHashMap<>(identifiers);
    shown.computeIfPresent(
        IdentifierType.NATIONAL_ID.code(),
        (type, values) -> values.stream().map(PersonalData::end).toList());
    return shown;
  }

  /** Touchpoints of a customer, as JSON, as that sight has them. */
  public List<?> touchpoints(CustomerKey key, List<?> items, Sight sight) {
    if (sight != Sight.INDIRECT) {
      return items;
    }
    Masking masking = masking(key);
    return items.stream().map(item -> masked(null, tree(Json.bytes(item)), masking)).toList();
  }

  /** An alert as that sight has it. */
  public ServedAlert alert(String tenant, ServedAlert served, Sight sight) {
    Alert alert = served.alert();
    // Those across customers may not speak of anybody; the language sees to it.
    if (sight != Sight.INDIRECT || alert.customerId() == null) {
      return served;
    }
    Masking masking = masking(new CustomerKey(tenant, alert.customerId()));
    return new ServedAlert(
        alert.withTexts(masked(alert.title(), masking), masked(alert.advice(), masking)),
        served.handling());
  }

  private static LocalisedText masked(LocalisedText text, Masking masking) {
    return text == null
        ? null
        : new LocalisedText(masking.text(text.en()), masking.text(text.fa()));
  }

  /** What is known of the customer; of one whom nobody knows any more nothing is known. */
  private Masking masking(CustomerKey key) {
    return store
        .snapshot(key)
        .filter(snapshot -> snapshot.redirectTo() == null)
        .map(CustomerSnapshot::json)
        .map(json -> Masking.of(read(json)))
        .orElseGet(() -> Masking.of(null));
  }

  private static ObjectNode identity(JsonNode whole) {
    ObjectNode shown = Json.mapper().createObjectNode();
    shown.putObject("identifiers");
    ObjectNode attributes = shown.putObject("attributes");
    whole
        .path("attributes")
        .fields()
        .forEachRemaining(
            attribute -> {
              if (Masking.INDIRECT.contains(attribute.getKey())) {
                attributes.set(attribute.getKey(), attribute.getValue());
              }
            });
    for (String field : OF_IDENTITY) {
      if (whole.has(field)) {
        shown.set(field, whole.get(field));
      }
    }
    return shown;
  }

  /**
   * @param field in which the node stands; in a list, that of the list
   */
  private static JsonNode masked(String field, JsonNode node, Masking masking) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, masked(name, object.get(name), masking)));
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, masked(field, array.get(i), masking));
      }
      return array;
    }
    if (!node.isTextual() || IDS.contains(field)) {
      return node;
    }
    String text = node.textValue();
    return new TextNode(PROSE.contains(field) ? masking.text(text) : masking.value(text));
  }

  private static String end(String id) {
    return id.length() <= SHOWN_OF_NATIONAL_ID
        ? Masking.MASK
        : Masking.MASK + id.substring(id.length() - SHOWN_OF_NATIONAL_ID);
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Json.tree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("the view is damaged", e);
    }
  }

  private static Snapshot read(byte[] json) {
    try {
      return Json.read(json, Snapshot.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the view is damaged", e);
    }
  }
}
