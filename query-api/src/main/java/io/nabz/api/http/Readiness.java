package io.nabz.api.http;

import java.util.Map;

/** Asks the components how they are. */
public interface Readiness {
  /** By component: null when it is ready, else what it waits for. */
  Map<String, String> waitingFor();
}
