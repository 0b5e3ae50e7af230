package io.nabz.api.audiences;

import static java.util.Objects.requireNonNull;

import io.nabz.model.LocalisedText;
import java.time.Instant;

/**
 * A question about customers that somebody has saved.
 *
 * @param query as {@code GET /v1/customers?q=} takes it, without names and handles
 */
public record SavedSegment(
    String tenant,
    String id,
    LocalisedText name,
    String query,
    Instant changedAt,
    String changedBy) {
  public SavedSegment {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(query, "query is null");
    requireNonNull(changedAt, "changedAt is null");
    requireNonNull(changedBy, "changedBy is null");
  }
}
