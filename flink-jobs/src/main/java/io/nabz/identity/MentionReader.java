package io.nabz.identity;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.IdentifierType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws from events what they say of identity. */
public final class MentionReader {
  /** Longer values are no identifier that anybody could be found by. */
  private static final int MAX_VALUE_CHARS = 256;

  private static final int MAX_CACHED = 4_096;
  private static final IdentifierType[] STRONGEST_FIRST = IdentifierType.values();

  private final IdentifierNormaliser normaliser;

  /** Hashing costs a microsecond, and the same identifiers come again and again. */
  private final Map<Identifier, String> provisionalIds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identifier, String> eldest) {
          return size() > MAX_CACHED;
        }
      };

  public MentionReader(IdentifierNormaliser normaliser) {
    this.normaliser = requireNonNull(normaliser, "normaliser is null");
  }

  /**
   * @return null when there is nothing but the customer's name
   */
  public Mentions read(Event event, CustomerKey customer) {
    Mentions mentions = new Mentions();
    JsonNode identifiers = event.data().path("identifiers");
    mentions.named = isNamed(event, identifiers);
    boolean splits = event.type().equals(EventTypes.IDENTITY_SPLIT);
    if (!splits || !mentions.named) {
      identifiers(event, identifiers, mentions);
    }
    switch (event.type()) {
      case EventTypes.IDENTITY_MERGED -> {
        mentions.from = customerKey(event.tenant(), event.text("from"));
        String into = customerKey(event.tenant(), event.text("into"));
        mentions.into = into == null && mentions.named ? customer.toString() : into;
        if (mentions.into == null) {
          mentions.from = null;
        }
      }
      case EventTypes.IDENTITY_SPLIT -> split(event, identifiers, mentions);
      case EventTypes.CUSTOMER_ERASED -> mentions.erased = true;
      default -> {
        // Any other event speaks of identity by its identifiers alone.
      }
    }
    boolean silent =
        mentions.named
            && mentions.identifiers.isEmpty()
            && mentions.split.isEmpty()
            && mentions.from == null
            && !mentions.erased;
    return silent ? null : mentions;
  }

  private boolean isNamed(Event event, JsonNode identifiers) {
    String id =
        event.subject() != null && has(IdentifierType.CUSTOMER_ID, event.subject())
            ? event.subject()
            : text(identifiers.get(IdentifierType.CUSTOMER_ID.code()));
    return id != null && has(IdentifierType.CUSTOMER_ID, id);
  }

  private boolean has(IdentifierType type, String raw) {
    return normaliser.normalise(type, raw) != null;
  }

  private void identifiers(Event event, JsonNode identifiers, Mentions to) {
    if (!identifiers.isObject() || identifiers.isEmpty()) {
      return;
    }
    for (IdentifierType type : STRONGEST_FIRST) {
      Mention mention = mention(event.tenant(), type, text(identifiers.get(type.code())));
      // Whatever the length, the first one says whose event it is.
      if (mention != null
          && (mention.value.length() <= MAX_VALUE_CHARS
              || (!to.named && to.identifiers.isEmpty()))) {
        to.identifiers.add(mention);
      }
    }
  }

  /**
   * What is taken back: {@code identifier} as {@code {"phone": "..."}}, as the name of one of the
   * identifiers, or left out for all of them; a customer id or {@code from} undoes a merge.
   */
  private void split(Event event, JsonNode identifiers, Mentions to) {
    to.from = customerKey(event.tenant(), event.text("from"));
    JsonNode what = event.data().path("identifier");
    if (what.isObject()) {
      all(event, what, to);
    } else if (what.isTextual()) {
      IdentifierType type = IdentifierType.ofOrNull(what.textValue());
      if (type != null) {
        one(event.tenant(), type, text(identifiers.get(type.code())), to);
      }
    } else if (to.from == null) {
      all(event, identifiers, to);
    }
  }

  private void all(Event event, JsonNode identifiers, Mentions to) {
    for (IdentifierType type : STRONGEST_FIRST) {
      one(event.tenant(), type, text(identifiers.get(type.code())), to);
    }
  }

  private void one(String tenant, IdentifierType type, String raw, Mentions to) {
    if (type == IdentifierType.CUSTOMER_ID) {
      to.from = to.from == null ? customerKey(tenant, raw) : to.from;
      return;
    }
    Mention mention = mention(tenant, type, raw);
    if (mention != null) {
      to.split.add(mention);
    }
  }

  private Mention mention(String tenant, IdentifierType type, String raw) {
    if (raw == null || type == IdentifierType.CUSTOMER_ID) {
      return null;
    }
    Identifier identifier = normaliser.normalise(type, raw);
    if (identifier == null) {
      return null;
    }
    String id = provisionalIds.get(identifier);
    if (id == null) {
      id = identifier.provisionalCustomerId();
      provisionalIds.put(identifier, id);
    }
    return new Mention(
        tenant + '/' + id,
        type.tier() == IdentifierType.Tier.WEAK,
        type.code(),
        identifier.value());
  }

  private String customerKey(String tenant, String raw) {
    Identifier id = raw == null ? null : normaliser.normalise(IdentifierType.CUSTOMER_ID, raw);
    return id == null ? null : new CustomerKey(tenant, id.value()).toString();
  }

  private static String text(JsonNode node) {
    if (node == null || node.isNull() || node.isContainerNode()) {
      return null;
    }
    String text = node.asText();
    return text.isBlank() ? null : text;
  }
}
