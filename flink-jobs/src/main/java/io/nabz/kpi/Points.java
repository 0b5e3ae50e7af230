package io.nabz.kpi;

import io.nabz.model.EventTypes;
import io.nabz.model.Severity;

/** Things that count by themselves: what customers say, transfers, alerts. */
final class Points {
  private static final double CSAT_SATISFIED = 4;
  private static final double NPS_PROMOTER = 9;
  private static final double NPS_DETRACTOR = 6;

  private Points() {}

  static void add(Tally to, Fact fact) {
    switch (fact.type) {
      case EventTypes.CONTACT_TRANSFERRED -> to.add(Measure.TRANSFERS, 1);
      case Facts.ALERT -> to.add(severity(Severity.of(fact.word)), 1);
      case Facts.FELT -> {
        to.add(Measure.TEXTS, fact.inOwnWords ? 1 : 0);
        mood(to, fact);
        survey(to, fact);
      }
      default -> throw new IllegalArgumentException("does not count by itself: " + fact.type);
    }
  }

  private static void mood(Tally to, Fact fact) {
    if (!Double.isNaN(fact.sentiment)) {
      to.add(Measure.SENTIMENTS, 1);
      to.add(Measure.SENTIMENT_SUM, scaled(fact.sentiment));
      to.add(Measure.NEGATIVES, fact.sentiment < 0 ? 1 : 0);
      to.add(Measure.POSITIVES, fact.sentiment > 0 ? 1 : 0);
    }
  }

  private static void survey(Tally to, Fact fact) {
    if (fact.word == null || Double.isNaN(fact.score)) {
      return;
    }
    switch (fact.word) {
      case "csat" -> {
        to.add(Measure.CSATS, 1);
        to.add(Measure.CSAT_SUM, scaled(fact.score));
        to.add(Measure.CSAT_SATISFIED, fact.score >= CSAT_SATISFIED ? 1 : 0);
      }
      case "nps" -> {
        to.add(Measure.NPS_ANSWERS, 1);
        to.add(Measure.NPS_PROMOTERS, fact.score >= NPS_PROMOTER ? 1 : 0);
        to.add(Measure.NPS_DETRACTORS, fact.score <= NPS_DETRACTOR ? 1 : 0);
      }
      case "ces" -> {
        to.add(Measure.CES_ANSWERS, 1);
        to.add(Measure.CES_SUM, scaled(fact.score));
      }
      default -> {
        // A metric of the sender's own; it is kept in the history and is none of these figures.
      }
    }
  }

  private static Measure severity(Severity severity) {
    return switch (severity) {
      case INFO -> Measure.ALERTS_INFO;
      case LOW -> Measure.ALERTS_LOW;
      case MEDIUM -> Measure.ALERTS_MEDIUM;
      case HIGH -> Measure.ALERTS_HIGH;
      case CRITICAL -> Measure.ALERTS_CRITICAL;
    };
  }

  private static long scaled(double score) {
    return Math.round(score * Measure.SCORE_SCALE);
  }
}
