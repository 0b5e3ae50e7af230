package io.nabz.api.store;

import io.nabz.model.CustomerKey;
import io.nabz.model.Json;
import io.nabz.model.KpiFigures;
import io.nabz.model.KpiInterval;
import io.nabz.model.KpiKey;
import io.nabz.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The customers' voice: the stream's figures of it, with words from the timelines. */
final class VoiceView {
  /** A period no longer than this is counted by hours, a longer one by days. */
  private static final Duration BY_HOURS = Duration.ofDays(2);

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MAX_PARTS = 100;
  private static final int MAX_EXAMPLES = 3;

  private VoiceView() {}

  /**
   * @param now the end of the period when nothing was ever said
   */
  static Voice read(Reader reader, String tenant, VoiceQuery query, Instant now) {
    Instant to = query.to() == null ? newestEnd(reader, tenant, now) : query.to();
    Instant from = query.from() == null ? to.minus(VoiceQuery.USUAL) : query.from();
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from: send a time before " + to + ", or to as well");
    }
    Duration length = Duration.between(from, to);
    Instant beforeFrom = from.minus(length);
    KpiInterval interval = length.compareTo(BY_HOURS) <= 0 ? KpiInterval.HOUR : KpiInterval.DAY;
    Map<String, VoiceSums> sums = sums(reader, tenant, interval, from, to);
    Map<String, VoiceSums> former = sums(reader, tenant, interval, beforeFrom, from);

    List<VoiceTexts.Said> texts = VoiceTexts.read(reader, tenant, from, to);
    List<Voice.Part> topics = new ArrayList<>();
    for (Voice.Part topic : parts(KpiKey.VOICE_TOPIC, sums, former)) {
      topics.add(topic.with(examples(reader, tenant, topic.name(), texts)));
    }
    return new Voice(
        from,
        to,
        beforeFrom,
        sums.getOrDefault(KpiKey.VOICE, new VoiceSums()).part(null, former.get(KpiKey.VOICE)),
        topics,
        EmergingTerms.find(texts, VoiceTexts.read(reader, tenant, beforeFrom, from)),
        parts(KpiKey.VOICE_TOUCHPOINT, sums, former),
        parts(KpiKey.VOICE_STAGE, sums, former),
        parts(KpiKey.VOICE_CLUE, sums, former));
  }

  private static Instant newestEnd(Reader reader, String tenant, Instant now) {
    Instant[] end = {now};
    byte[] prefix = KpiView.voicePrefix(tenant, KpiInterval.DAY);
    reader.ascend(
        Column.KPIS,
        prefix,
        prefix,
        (at, value) -> {
          Instant start = KpiKey.parse(KpiView.keyText(value)).start();
          Instant newest = start.plus(DAY);
          end[0] = figures(value).end() == null ? newest : figures(value).end();
          return false;
        });
    return end[0];
  }

  private static Map<String, VoiceSums> sums(
      Reader reader, String tenant, KpiInterval interval, Instant from, Instant to) {
    Map<String, VoiceSums> sums = new HashMap<>();
    byte[] prefix = KpiView.voicePrefix(tenant, interval);
    reader.ascend(
        Column.KPIS,
        prefix,
        KpiView.voiceFrom(tenant, interval, to),
        (at, value) -> {
          KpiKey key = KpiKey.parse(KpiView.keyText(value));
          if (key.start().isBefore(from)) {
            return false;
          }
          if (key.start().isBefore(to)) {
            sums.computeIfAbsent(key.dimension(), ignored -> new VoiceSums()).add(figures(value));
          }
          return true;
        });
    return sums;
  }

  private static List<Voice.Part> parts(
      String kind, Map<String, VoiceSums> sums, Map<String, VoiceSums> former) {
    List<Voice.Part> parts = new ArrayList<>();
    sums.forEach(
        (dimension, of) -> {
          if (dimension.startsWith(kind)) {
            parts.add(of.part(dimension.substring(kind.length()), former.get(dimension)));
          }
        });
    parts.sort(
        Comparator.comparingLong(Voice.Part::count).reversed().thenComparing(Voice.Part::name));
    return parts.size() > MAX_PARTS ? parts.subList(0, MAX_PARTS) : parts;
  }

  /** Those that feel the most, one a customer; the newest of them first. */
  private static List<Voice.Example> examples(
      Reader reader, String tenant, String topic, List<VoiceTexts.Said> texts) {
    Map<String, VoiceTexts.Said> strongest = new HashMap<>();
    for (VoiceTexts.Said said : texts) {
      if (topic.equals(said.touchpoint().topic())) {
        strongest.merge(said.customerId(), said, (a, b) -> feels(b) > feels(a) ? b : a);
      }
    }
    return strongest.values().stream()
        .sorted(
            Comparator.comparingDouble(VoiceView::feels)
                .reversed()
                .thenComparing(said -> said.touchpoint().time(), Comparator.reverseOrder())
                .thenComparing(VoiceTexts.Said::customerId))
        .limit(MAX_EXAMPLES)
        .map(said -> example(reader, tenant, said))
        .toList();
  }

  private static double feels(VoiceTexts.Said said) {
    return said.touchpoint().sentiment() == null ? 0 : Math.abs(said.touchpoint().sentiment());
  }

  private static Voice.Example example(Reader reader, String tenant, VoiceTexts.Said said) {
    CustomerSnapshot known = SnapshotView.read(reader, new CustomerKey(tenant, said.customerId()));
    Snapshot customer = known == null ? null : read(known.json(), Snapshot.class);
    return new Voice.Example(
        Masking.of(customer).text(said.touchpoint().text()),
        said.touchpoint().sentiment(),
        said.touchpoint().time(),
        said.touchpoint().channel(),
        said.touchpoint().type());
  }

  private static KpiFigures figures(byte[] value) {
    return read(KpiView.json(value), KpiFigures.class);
  }

  private static <T> T read(byte[] json, Class<T> type) {
    try {
      return Json.read(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the view holds what cannot be read", e);
    }
  }
}
