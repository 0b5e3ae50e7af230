package io.nabz.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that a vandal, or a broken sender, might send. */
final class Malformed {
  private static final List<String> SEEDS =
      List.of(
          Samples.event("f", "C-fuzz"),
          "[" + Samples.event("f", "C-fuzz") + "," + Samples.event("g", "C-fuzz") + "]",
          "{\"batch\":[{\"type\":\"track\",\"event\":\"Product Added\",\"userId\":\"U\","
              + "\"properties\":{\"price\":1,\"products\":[{}]}}],\"sentAt\":\"2026-11-22T10:00:00Z\"}",
          "{\"event\":\"Order Completed\",\"userId\":\"U\",\"timestamp\":\"2026-11-22T10:00:00Z\","
              + "\"properties\":{\"order_id\":\"o\",\"products\":[{\"sku\":\"a\"}]}}");
  private static final List<String> POISON =
      List.of(
          "null",
          "1e999999999",
          "-0",
          "\"\\ud800\"",
          "{}",
          "[[[[",
          "\"\\u0000\"",
          "true",
          "99999999999999999999",
          "\"+999999999-01-01T00:00:00Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"\"",
          "{\"a\":{\"a\":{}}}");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-ndjson",
          "application/cloudevents+json",
          "application/cloudevents-batch+json");

  private Malformed() {}

  static String type(Random random, boolean events) {
    return events ? TYPES.get(random.nextInt(TYPES.size())) : "application/json";
  }

  static byte[] body(Random random) {
    String seed = SEEDS.get(random.nextInt(SEEDS.size()));
    switch (random.nextInt(4)) {
      case 0:
        return Arrays.copyOf(seed.getBytes(UTF_8), random.nextInt(seed.length()));
      case 1:
        byte[] bytes = seed.getBytes(UTF_8);
        for (int i = random.nextInt(6); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
      case 2:
        String poison = POISON.get(random.nextInt(POISON.size()));
        String[] values = seed.split("(?<=:)(?=[\\[{\"0-9])", -1);
        int at = 1 + random.nextInt(values.length - 1);
        values[at] =
            values[at].replaceFirst(
                "^(\"[^\"]*\"|[0-9.]+)", java.util.regex.Matcher.quoteReplacement(poison));
        return String.join("", values).getBytes(UTF_8);
      default:
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }
  }
}
