package io.nabz.api.store;

import io.nabz.model.CustomerKey;

/**
 * A piece of work for the search index.
 *
 * @param number only grows
 * @param customer to index anew, or to forget if there is no snapshot; null to forget all
 */
public record SearchTask(long number, CustomerKey customer) {}
