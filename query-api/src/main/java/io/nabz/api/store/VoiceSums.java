package io.nabz.api.store;

import io.nabz.model.KpiFigures;

/** Figures of several intervals added up. */
final class VoiceSums {
  private long texts;
  private long negative;
  private long positive;
  private long sentiments;
  private double sentimentSum;
  private long csats;
  private double csatSum;
  private double csatSatisfied;
  private long npsAnswers;
  private double npsSum;
  private long cesAnswers;
  private double cesSum;

  void add(KpiFigures figures) {
    if (figures.texts() != null) {
      texts += figures.texts().count();
      negative += figures.texts().negative();
      positive += figures.texts().positive();
    }
    if (figures.sentiment() != null) {
      sentiments += figures.sentiment().count();
      sentimentSum += figures.sentiment().count() * figures.sentiment().mean();
    }
    if (figures.csat() != null) {
      csats += figures.csat().count();
      csatSum += figures.csat().count() * figures.csat().mean();
      csatSatisfied += figures.csat().count() * figures.csat().satisfied();
    }
    if (figures.nps() != null) {
      npsAnswers += figures.nps().count();
      npsSum += figures.nps().count() * figures.nps().score();
    }
    if (figures.ces() != null) {
      cesAnswers += figures.ces().count();
      cesSum += figures.ces().count() * figures.ces().mean();
    }
  }

  Voice.Part part(String name, VoiceSums earlier) {
    return new Voice.Part(
        name,
        texts(),
        sentiment(),
        csat(),
        nps(),
        ces(),
        earlier == null
            ? null
            : new Voice.Before(
                earlier.texts(), earlier.sentiment(), earlier.csat(), earlier.nps(), earlier.ces()),
        earlier == null ? null : change(earlier),
        null);
  }

  private Voice.Change change(VoiceSums earlier) {
    return new Voice.Change(
        earlier.texts == 0 ? null : round((double) (texts - earlier.texts) / earlier.texts),
        less(mean(sentimentSum, sentiments), mean(earlier.sentimentSum, earlier.sentiments)),
        less(mean(csatSum, csats), mean(earlier.csatSum, earlier.csats)),
        less(mean(npsSum, npsAnswers), mean(earlier.npsSum, earlier.npsAnswers)),
        less(mean(cesSum, cesAnswers), mean(earlier.cesSum, earlier.cesAnswers)));
  }

  private KpiFigures.Texts texts() {
    return texts == 0 ? null : new KpiFigures.Texts(texts, negative, positive);
  }

  private KpiFigures.Mean sentiment() {
    return sentiments == 0
        ? null
        : new KpiFigures.Mean(sentiments, round(sentimentSum / sentiments));
  }

  private KpiFigures.Csat csat() {
    return csats == 0
        ? null
        : new KpiFigures.Csat(csats, round(csatSum / csats), round(csatSatisfied / csats));
  }

  private KpiFigures.Nps nps() {
    return npsAnswers == 0 ? null : new KpiFigures.Nps(npsAnswers, round(npsSum / npsAnswers));
  }

  private KpiFigures.Mean ces() {
    return cesAnswers == 0 ? null : new KpiFigures.Mean(cesAnswers, round(cesSum / cesAnswers));
  }

  private static Double mean(double sum, long count) {
    return count == 0 ? null : sum / count;
  }

  private static Double less(Double now, Double before) {
    return now == null || before == null ? null : round(now - before);
  }

  private static double round(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
