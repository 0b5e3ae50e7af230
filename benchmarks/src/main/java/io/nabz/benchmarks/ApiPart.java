package io.nabz.benchmarks;

import java.util.List;

/** One part of {@code bench api}, on a broker of its own. */
interface ApiPart {
  /** Measures, and returns its table. */
  String run() throws Exception;

  /** What was not as it has to be, in sentences; no figure counts then. */
  List<String> failures();
}
