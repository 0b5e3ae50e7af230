package io.nabz.rules.engine;

/**
 * A match that was told and that a late event may still disprove.
 *
 * @param atMs when it matched
 */
record Told(String alertId, long atMs, String by, Link last) {}
