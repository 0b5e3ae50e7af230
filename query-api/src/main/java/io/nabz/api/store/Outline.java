package io.nabz.api.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectReader;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.io.IOException;

/**
 * Reads of a snapshot what views and search are made of. What happened step by step is most of its
 * bytes, and is passed over: both are read with each change of a customer, twice.
 */
public final class Outline {
  private static final ObjectReader READER =
      Json.mapper()
          .copy()
          .addMixIn(Snapshot.class, Whole.class)
          .addMixIn(Snapshot.History.class, Past.class)
          .readerFor(Snapshot.class);

  @JsonIgnoreProperties({"relationships", "actions", "freshness"})
  private interface Whole {}

  @JsonIgnoreProperties({
    "counts",
    "repeats",
    "resolution",
    "journey",
    "campaigns",
    "offers",
    "surveys",
    "selfService"
  })
  private interface Past {}

  private Outline() {}

  /** The snapshot without its journey and what else nothing is found by; those parts are null. */
  public static Snapshot read(byte[] json) throws IOException {
    return READER.readValue(json);
  }
}
