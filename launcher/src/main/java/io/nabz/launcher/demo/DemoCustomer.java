package io.nabz.launcher.demo;

import static java.util.Objects.requireNonNull;

import io.nabz.launcher.demo.DemoTexts.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** One invented person, and what the script has to remember of them. */
final class DemoCustomer {
  final String id;
  final String language;
  final String gender;
  final Name given;
  final Name family;
  final Name city;
  final String phone;
  final String email;
  final String deviceId;
  final String anonymousId;
  final String tier;
  private boolean introduced;
  private Instant busyUntil = Instant.MIN;
  private Instant calledAt = Instant.MIN;

  /**
   * @param number makes id and phone unique
   */
  DemoCustomer(int number, DemoTexts texts, SplittableRandom random) {
    requireNonNull(texts, "texts is null");
    id = "C-" + (10_000 + number);
    boolean english = random.nextInt(100) < 30;
    language = english ? "en" : "fa";
    gender = random.nextBoolean() ? "female" : "male";
    given =
        texts.name(english ? "given-en" : gender.equals("female") ? "given-f" : "given-m", random);
    family = texts.name(english ? "family-en" : "family", random);
    city = texts.name("city", random);
    // 0919 numbers; the seven digits walk through all values without repeating.
    phone = "+98919%07d".formatted((number * 7_368_787L + 1_234_567L) % 10_000_000L);
    email =
        "%s.%s%d@example.com"
            .formatted(given.en(), family.en(), number)
            .toLowerCase(Locale.ROOT)
            .replace(" ", "");
    deviceId = "dev-" + Long.toString(random.nextLong() >>> 16, 36);
    anonymousId = "anon-" + Long.toString(random.nextLong() >>> 16, 36);
    int rank = random.nextInt(100);
    tier = rank < 3 ? "platinum" : rank < 12 ? "gold" : rank < 35 ? "silver" : "bronze";
  }

  String name() {
    return language.equals("fa") ? given.fa() + " " + family.fa() : given.en() + " " + family.en();
  }

  boolean premium() {
    return tier.equals("gold") || tier.equals("platinum");
  }

  /** True the first time: the CRM tells of a customer once. */
  boolean introduce() {
    boolean first = !introduced;
    introduced = true;
    return first;
  }

  boolean freeAt(Instant time) {
    return busyUntil.isBefore(time);
  }

  void busyUntil(Instant time) {
    busyUntil = time;
  }

  void called(Instant time) {
    calledAt = time;
  }

  /** So that only the repeat callers of the script call again and again. */
  boolean calledWithin(Duration window, Instant now) {
    return calledAt.isAfter(now.minus(window));
  }
}
