package io.nabz.launcher.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The invented names, goods and sentences of the demo, read once from {@code resources/demo}. */
final class DemoTexts {
  /** A name in both scripts. */
  record Name(String fa, String en) {}

  record Product(String sku, String category, String fa, String en, long priceRial) {
    String name(String language) {
      return language.equals("fa") ? fa : en;
    }
  }

  private final List<Product> products = new ArrayList<>();
  private final Map<String, List<Name>> names = new HashMap<>();
  private final Map<String, List<String>> messages = new HashMap<>();

  DemoTexts() {
    for (String[] row : rows("products.tsv", 5)) {
      products.add(new Product(row[0], row[1], row[2], row[3], Long.parseLong(row[4])));
    }
    for (String[] row : rows("names.tsv", 3)) {
      names.computeIfAbsent(row[0], kind -> new ArrayList<>()).add(new Name(row[1], row[2]));
    }
    for (String language : List.of("fa", "en")) {
      for (String[] row : rows("messages-" + language + ".tsv", 3)) {
        String key = key(language, row[0], row[1]);
        messages.computeIfAbsent(key, k -> new ArrayList<>()).add(row[2]);
      }
    }
  }

  Product product(SplittableRandom random) {
    return pick(products, random);
  }

  /**
   * @param kind {@code given-f}, {@code given-m}, {@code family}, {@code given-en}, {@code
   *     family-en} or {@code city}
   */
  Name name(String kind, SplittableRandom random) {
    return pick(names.get(kind), random);
  }

  /** A sentence on the topic in that mood; moods that no topic colours are shared by all topics. */
  String message(String language, String topic, String mood, SplittableRandom random) {
    List<String> own = messages.getOrDefault(key(language, topic, mood), List.of());
    List<String> shared = messages.getOrDefault(key(language, "any", mood), List.of());
    int choice = random.nextInt(own.size() + shared.size());
    return choice < own.size() ? own.get(choice) : shared.get(choice - own.size());
  }

  private static String key(String language, String topic, String mood) {
    return language + '/' + topic + '/' + mood;
  }

  private static <T> T pick(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<String[]> rows(String file, int columns) {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = DemoTexts.class.getResourceAsStream("/demo/" + file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          String[] row = line.split("\t", -1);
          if (row.length != columns) {
            throw new IllegalStateException(file + " needs " + columns + " columns: " + line);
          }
          rows.add(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the demo's " + file, e);
    }
    return rows;
  }
}
