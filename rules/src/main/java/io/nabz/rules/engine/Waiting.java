package io.nabz.rules.engine;

/** An event that waits for the watermark; by its bytes, since any field may be asked for. */
record Waiting(long timeMs, long receivedAtMs, byte[] event) {}
