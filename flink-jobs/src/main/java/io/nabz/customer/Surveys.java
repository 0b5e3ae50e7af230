package io.nabz.customer;

import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.customer.state.SurveyRecord;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import java.util.List;
import java.util.Locale;

/** What the customer answered when asked: CSAT, NPS, CES, each with its newest score and mean. */
final class Surveys {
  static final int MAX_METRICS = 6;
  private static final String NPS = "nps";
  private static final double MAX_SCORE = 1_000;

  private Surveys() {}

  static void apply(Step step) {
    Event event = step.event();
    String metric = event.text("metric");
    double score = event.data().path("score").asDouble(Double.NaN);
    if (metric == null || !(Math.abs(score) <= MAX_SCORE)) {
      return;
    }
    CustomerState state = step.state();
    state.surveys = Matters.orNew(state.surveys);
    SurveyRecord survey =
        Matters.touch(
            state.surveys, metric.toLowerCase(Locale.ROOT), step, MAX_METRICS, SurveyRecord::new);
    survey.count++;
    survey.sumMilli += Math.round(score * 1_000);
    if (step.timeMs() > survey.atMs
        || (step.timeMs() == survey.atMs && event.id().compareTo(survey.eventId) > 0)) {
      survey.score = score;
      survey.atMs = step.timeMs();
      survey.eventId = event.id();
    }
  }

  /** {@code DETRACTOR}: by the newest answer to the NPS question. */
  static Review.Condition detractor(Review review, FlagPolicy policy) {
    SurveyRecord nps = Matters.find(review.state().surveys, NPS);
    return nps == null || nps.score > policy.detractorAt()
        ? null
        : review.between(
            nps.atMs,
            nps.atMs + policy.detractorFor().toMillis(),
            List.of(
                new EvidenceRecord("answer", nps.eventId, EventTypes.SURVEY_ANSWERED, nps.atMs)));
  }
}
