package io.nabz.api.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Where the customer was, by the library that made the call. */
final class SegmentChannel {
  private static final List<String> OF_APPS =
      List.of("android", "ios", "swift", "kotlin", "react-native", "flutter", "unity");
  private static final List<String> OF_PAGES =
      List.of("analytics.js", "analytics-next", "rudderlabs javascript", "rudder-js");

  private SegmentChannel() {}

  /** A channel of the catalogue, or null where the library runs on a server. */
  static String of(SegmentCall kind, JsonNode call) {
    if (kind == SegmentCall.PAGE) {
      return "web";
    }
    if (kind == SegmentCall.SCREEN) {
      return "app";
    }
    String library = call.at("/context/library/name").asText().toLowerCase(Locale.ROOT);
    if (OF_APPS.stream().anyMatch(library::contains)) {
      return "app";
    }
    return OF_PAGES.stream().anyMatch(library::contains) ? "web" : null;
  }
}
