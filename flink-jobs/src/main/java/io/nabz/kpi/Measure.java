package io.nabz.kpi;

/**
 * What a pane sums, each with its fixed slot in state: a slot is never reused, new ones come at the
 * end. Lengths are milliseconds, scores ten-thousandths.
 */
public enum Measure {
  CONTACTS(0),
  QUEUED(1),
  ANSWERED(2),
  ANSWERED_QUEUED(3),
  ABANDONED(4),
  SHORT_ABANDONED(5),
  LEFT_BEFORE_QUEUE(6),
  TRANSFERS(7),
  OUTBOUND(8),
  WAIT_MS(9),
  HANDLED(10),
  HANDLE_MS(11),
  ANSWERED_WITHIN_1(12),
  ANSWERED_WITHIN_2(13),
  ANSWERED_WITHIN_3(14),
  ANSWERED_WITHIN_4(15),
  ABANDONED_WITHIN_1(16),
  ABANDONED_WITHIN_2(17),
  ABANDONED_WITHIN_3(18),
  ABANDONED_WITHIN_4(19),
  KNOWN_CONTACTS(20),
  REPEATS_24H(21),
  REPEATS_7D(22),
  SENTIMENTS(23),
  SENTIMENT_SUM(24),
  CSATS(25),
  CSAT_SUM(26),
  CSAT_SATISFIED(27),
  NPS_ANSWERS(28),
  NPS_PROMOTERS(29),
  NPS_DETRACTORS(30),
  CES_ANSWERS(31),
  CES_SUM(32),
  CARTS(33),
  CARTS_ORDERED(34),
  CARTS_ABANDONED(35),
  CASES_OPENED(36),
  CASES_RESOLVED(37),
  ALERTS_INFO(38),
  ALERTS_LOW(39),
  ALERTS_MEDIUM(40),
  ALERTS_HIGH(41),
  ALERTS_CRITICAL(42),
  AVAILABLE_MS(43),
  BUSY_MS(44),
  WRAP_UP_MS(45),
  AWAY_MS(46),
  // What holds now; only in the panes of now.
  WAITING(47),
  CONNECTED(48),
  OPEN_CASES(49),
  AVAILABLE(50),
  BUSY(51),
  WRAP_UP(52),
  AWAY(53),
  // Of intervals again.
  THIRDS_24H(54),
  THIRDS_7D(55),
  SETTLED(56),
  RESOLVED(57),
  TOPIC_SETTLED(58),
  TOPIC_RESOLVED(59),
  CASES_TIMED(60),
  CASE_MS(61),
  TEXTS(62),
  NEGATIVES(63),
  POSITIVES(64);

  /** As many slots as there are. */
  public static final int SLOTS = values().length;

  /** By how much scores are multiplied to be whole numbers. */
  public static final double SCORE_SCALE = 10_000;

  private static final Measure[] ANSWERED_WITHIN = {
    ANSWERED_WITHIN_1, ANSWERED_WITHIN_2, ANSWERED_WITHIN_3, ANSWERED_WITHIN_4
  };
  private static final Measure[] ABANDONED_WITHIN = {
    ABANDONED_WITHIN_1, ABANDONED_WITHIN_2, ABANDONED_WITHIN_3, ABANDONED_WITHIN_4
  };

  private final int slot;

  Measure(int slot) {
    this.slot = slot;
  }

  public int slot() {
    return slot;
  }

  static Measure answeredWithin(int target) {
    return ANSWERED_WITHIN[target];
  }

  static Measure abandonedWithin(int target) {
    return ABANDONED_WITHIN[target];
  }
}
