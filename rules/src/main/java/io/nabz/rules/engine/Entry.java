package io.nabz.rules.engine;

/** One event in the window of an aggregate; {@code value} is what is summed, or a hash. */
record Entry(int step, String by, double value, Seen seen) {}
