package io.nabz.job;

/**
 * Every operator's uid. State is found by them when a savepoint is restored, so one that has been
 * released never changes.
 */
final class Uids {
  static final String EVENTS_SOURCE = "events-source";
  static final String RULES_SOURCE = "rules-source";
  static final String SORT = "sort-intake";
  static final String TEXTS_ASIDE = "texts-aside";
  static final String SCORER = "outside-scorer";
  static final String IDENTITY_MERGES = "identity-merges";
  static final String IDENTITY_LINKS = "identity-links";
  static final String IDENTITY_WEAK = "identity-weak";
  static final String IDENTITY_STRONG = "identity-strong";
  static final String CUSTOMER = "customer";
  static final String CUSTOMERS_SINK = "customers-sink";
  static final String CROWD = "crowd";
  static final String CROWD_SINK = "crowd-sink";
  static final String WATCH = "watch";
  static final String WATCH_SINK = "watch-sink";
  static final String DEAD_LETTERS_SINK = "dead-letters-sink";

  static final String KPI_FELT = "kpi-felt";
  static final String VOICE_SHARES = "voice-shares";
  static final String VOICE_SUMS = "voice-sums";
  static final String KPI_SUBJECTS = "kpi-subjects";
  static final String KPI_SUMS = "kpi-sums";
  static final String KPI_PANES = "kpi-panes";
  static final String KPIS_SINK = "kpis-sink";

  private Uids() {}
}
