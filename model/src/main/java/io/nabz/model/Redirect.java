package io.nabz.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Takes the place of a snapshot once it is known that this is somebody else: a visitor who turned
 * out to be a customer, or a customer who was merged into another.
 *
 * @param version goes on from that of the snapshots before it, and of those after it
 * @param redirectTo the customer id to ask for; may itself be redirected
 */
public record Redirect(String customerId, long version, Instant asOf, String redirectTo) {
  public Redirect {
    requireNonNull(customerId, "customerId is null");
    requireNonNull(asOf, "asOf is null");
    requireNonNull(redirectTo, "redirectTo is null");
  }
}
