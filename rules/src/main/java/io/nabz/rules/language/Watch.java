package io.nabz.rules.language;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/** What a rule across sources or queues looks at, where others have a pattern over events. */
public sealed interface Watch {
  /** What its texts may hold besides {@code {{by}}}. */
  List<String> figures();

  /**
   * A source from which events used to come has sent nothing.
   *
   * @param silentFor how long, in event time
   * @param heardFor how long it must have been heard of before, never silent for as long; a source
   *     that speaks now and then, or once, is not missed
   */
  record Silence(Duration silentFor, Duration heardFor) implements Watch {
    public static final String MINUTES = "minutes";
    public static final String SINCE = "since";

    public Silence {
      requireNonNull(silentFor, "silentFor is null");
      requireNonNull(heardFor, "heardFor is null");
    }

    @Override
    public List<String> figures() {
      return List.of(MINUTES, SINCE);
    }
  }

  /**
   * A figure of a queue over a quarter of an hour is out of line with the quarters before.
   *
   * @param deviates how many times its usual spread the figure is beyond its usual value
   * @param differs by how much at least, in the figure's own measure
   * @param atLeast how many contacts the quarter must rest on
   * @param past how far back the queue's own past goes
   * @param pastAtLeast how many quarters of that must rest on enough contacts
   */
  record Deviation(
      Figure figure, double deviates, double differs, int atLeast, Duration past, int pastAtLeast)
      implements Watch {
    public static final String VALUE = "value";
    public static final String USUAL = "usual";
    public static final String LIMIT = "limit";
    public static final String CONTACTS = "contacts";
    public static final String QUARTERS = "quarters";

    public Deviation {
      requireNonNull(figure, "figure is null");
      requireNonNull(past, "past is null");
    }

    @Override
    public List<String> figures() {
      return List.of(VALUE, USUAL, LIMIT, CONTACTS, QUARTERS);
    }
  }

  /** A figure of a queue. */
  enum Figure {
    /** Abandoned of offered, 0 to 1; out of line when it is high. */
    ABANDONMENT_RATE("abandonmentRate", true),
    /** Mean of what customers feel, -1 to 1; out of line when it is low. */
    SENTIMENT("sentiment", false);

    private final String code;
    private final boolean badWhenHigh;

    Figure(String code, boolean badWhenHigh) {
      this.code = code;
      this.badWhenHigh = badWhenHigh;
    }

    public String code() {
      return code;
    }

    public boolean isBadWhenHigh() {
      return badWhenHigh;
    }
  }
}
