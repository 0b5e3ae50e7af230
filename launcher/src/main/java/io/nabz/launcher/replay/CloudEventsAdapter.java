package io.nabz.launcher.replay;

import static java.util.Objects.requireNonNull;

import io.nabz.model.CustomerResolver;
import io.nabz.model.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** One CloudEvents JSON object a line, sent in the order in which they are written. */
record CloudEventsAdapter(CustomerResolver resolver) implements Adapter {
  static final String NAME = "cloudevents";

  /** Whether an event is too far ahead is asked after {@code --as-live} has shifted it. */
  private static final Instant NEVER_AHEAD = Instant.parse("9999-01-01T00:00:00Z");

  CloudEventsAdapter {
    requireNonNull(resolver, "resolver is null");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "NDJSON, one CloudEvents 1.0 object a line, sent in the order written";
  }

  @Override
  public Ordering ordering() {
    return Ordering.asWritten();
  }

  @Override
  public Translator open() {
    EventDecoder decoder = new EventDecoder(resolver);
    return line -> {
      if (line.isBlank()) {
        return Translation.silent();
      }
      EventDecoder.Result result =
          decoder.decode(line.getBytes(StandardCharsets.UTF_8), NEVER_AHEAD);
      return result.event() != null
          ? Translation.of(List.of(result.event()))
          : Translation.refused(
              result.refusal().reason().code() + ": " + result.refusal().detail());
    };
  }
}
