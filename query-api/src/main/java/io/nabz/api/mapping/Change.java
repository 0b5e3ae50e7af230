package io.nabz.api.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nabz.model.Digits;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may be done to a value on its way into an event; null when it cannot be done. */
enum Change {
  /** The text of it. */
  TEXT {
    @Override
    JsonNode of(JsonNode value) {
      return value.isValueNode() ? TextNode.valueOf(value.asText()) : null;
    }
  },
  /** A number, also of a text such as {@code "18.99"}. */
  NUMBER {
    @Override
    JsonNode of(JsonNode value) {
      if (value.isNumber()) {
        return value;
      }
      String text = Digits.toLatin(value.asText()).strip();
      return PLAIN_NUMBER.matcher(text).matches()
          ? DecimalNode.valueOf(new BigDecimal(text))
          : null;
    }
  },
  UPPER {
    @Override
    JsonNode of(JsonNode value) {
      return value.isValueNode() ? TextNode.valueOf(value.asText().toUpperCase(Locale.ROOT)) : null;
    }
  },
  LOWER {
    @Override
    JsonNode of(JsonNode value) {
      return value.isValueNode() ? TextNode.valueOf(value.asText().toLowerCase(Locale.ROOT)) : null;
    }
  },
  /** RFC 3339 of it, or of the seconds or milliseconds since 1970 that it is. */
  TIME {
    @Override
    JsonNode of(JsonNode value) {
      Instant time = time(value);
      return time == null ? null : TextNode.valueOf(time.toString());
    }
  },
  /** A text with its HTML tags taken out, since some systems send what people write as HTML. */
  PLAIN {
    @Override
    JsonNode of(JsonNode value) {
      if (!value.isTextual()) {
        return null;
      }
      String text = TAG.matcher(value.textValue()).replaceAll(" ").replace("&nbsp;", " ").strip();
      return text.isEmpty() ? null : TextNode.valueOf(text);
    }
  };

  private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,20})?");

  /** No nesting and no backtracking: one pass over the text. */
  private static final Pattern TAG = Pattern.compile("<[^<>]*+>");

  /** Larger than any seconds of this millennium, smaller than any milliseconds since 2001. */
  private static final long SECONDS_END = 100_000_000_000L;

  abstract JsonNode of(JsonNode value);

  static Change of(String code, String at) {
    for (Change change : values()) {
      if (change.name().toLowerCase(Locale.ROOT).equals(code)) {
        return change;
      }
    }
    throw new MappingException(
        "%s: as is '%s' and not one of %s"
            .formatted(
                at,
                code,
                Arrays.stream(values())
                    .map(change -> change.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  private static Instant time(JsonNode value) {
    try {
      if (value.isIntegralNumber()) {
        long number = value.longValue();
        return Math.abs(number) < SECONDS_END
            ? Instant.ofEpochSecond(number)
            : Instant.ofEpochMilli(number);
      }
      return value.isTextual() ? OffsetDateTime.parse(value.textValue()).toInstant() : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
