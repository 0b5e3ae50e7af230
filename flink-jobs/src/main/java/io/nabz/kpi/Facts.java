package io.nabz.kpi;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.customer.Experience;
import io.nabz.customer.state.JourneyStep;
import io.nabz.model.Alert;
import io.nabz.model.AlertState;
import io.nabz.model.CustomerKey;
import io.nabz.model.Event;
import io.nabz.model.EventTypes;
import io.nabz.model.IdentifierType;
import io.nabz.model.StableHash;
import java.time.Instant;
import java.util.List;

/**
 * Takes from an event what figures need; of most events that is nothing. What happened is known
 * from the event alone ({@link #of}); what a customer says, only once it has been read ({@link
 * #felt}).
 */
public final class Facts {
  static final String CASE_OPENED = "case.opened";
  static final String CASE_REOPENED = "case.reopened";
  static final String CASE_RESOLVED = "case.resolved";
  static final String ALERT = "alert";
  static final String FELT = "felt";

  private static final double MS_PER_SECOND = 1_000;
  private static final double MAX_SCORE = 1_000;

  private Facts() {}

  /** The facts of an event, or null if it has none. */
  public static List<Fact> of(Event event, CustomerKey customer) {
    return switch (event.type()) {
      case EventTypes.CONTACT_INITIATED, EventTypes.CONTACT_QUEUED, EventTypes.CONTACT_CONNECTED ->
          contact(event, customer, true);
      case EventTypes.CONTACT_TRANSFERRED, EventTypes.CONTACT_ENDED, EventTypes.CONTACT_ABANDONED ->
          contact(event, customer, false);
      case EventTypes.AGENT_STATE_CHANGED -> agent(event);
      case CASE_OPENED, CASE_REOPENED, CASE_RESOLVED -> caseFact(event);
      case EventTypes.CART_ITEM_ADDED,
          EventTypes.CART_ITEM_REMOVED,
          EventTypes.CHECKOUT_STARTED,
          EventTypes.PAYMENT_FAILED,
          EventTypes.ORDER_PLACED ->
          ofCustomer(event, customer);
      case EventTypes.CUSTOMER_ERASED -> ofCustomer(event, customer);
      default -> null;
    };
  }

  /** The fact of an alert, in whatever state it is now. */
  public static Fact of(String tenant, Alert alert) {
    Instant at =
        alert.times().eventAt() != null ? alert.times().eventAt() : alert.times().detectedAt();
    Fact fact = new Fact();
    fact.subject = SubjectKind.POINT.key(tenant + "/alert/" + alert.alertId());
    fact.tenant = tenant;
    fact.type = ALERT;
    fact.timeMs = at.toEpochMilli();
    fact.queue = alert.queue();
    fact.word = alert.severity().code();
    fact.retracted = alert.state() == AlertState.RETRACTED;
    return fact;
  }

  /**
   * What the event says of feelings and satisfaction, or null if it says nothing of them.
   *
   * @param read the event as it was read, with its sentiment and topic; null, or that of another
   *     event, if it was not applied
   */
  public static Fact felt(Event event, JourneyStep read) {
    if (read == null || !event.id().equals(read.eventId)) {
      return null;
    }
    boolean inOwnWords = read.text != null && EventTypes.OWN_WORDS.contains(event.type());
    String metric = event.type().equals(EventTypes.SURVEY_ANSWERED) ? metric(event) : null;
    if (!inOwnWords && Double.isNaN(read.sentiment) && metric == null) {
      return null;
    }
    Fact fact = new Fact();
    fact.subject =
        read.contactId == null
            ? null
            : SubjectKind.CONTACT.key(event.tenant() + '/' + read.contactId);
    fact.type = FELT;
    describe(fact, event);
    fact.topicIsRead = fact.topic == null && read.topic != null;
    fact.topic = read.topic;
    fact.inOwnWords = inOwnWords;
    fact.sentiment = read.sentiment;
    fact.word = metric;
    fact.score = metric == null ? Double.NaN : number(event, "score");
    place(fact, event.text("touchpoint"), read);
    return fact;
  }

  /** The metric of a survey whose score can be used, or null. */
  private static String metric(Event event) {
    double score = number(event, "score");
    // The negation also refuses what is not a number.
    return !(Math.abs(score) <= MAX_SCORE) ? null : event.text("metric");
  }

  /** Where on the customer's way it lies; a survey is answered about something else than itself. */
  private static void place(Fact fact, String asked, JourneyStep read) {
    fact.touchpoint = asked != null ? asked : fact.channel;
    String about = read.type;
    if (Experience.knows(asked)) {
      about = asked;
    } else if (fact.word != null && fact.subject != null) {
      about = EventTypes.CONTACT_ENDED;
    }
    fact.stage = Experience.stage(about, fact.topic);
    fact.clue = Experience.clue(about, fact.channel);
  }

  private static List<Fact> contact(Event event, CustomerKey customer, boolean begins) {
    String contactId = event.text("contactId");
    if (contactId == null) {
      return null;
    }
    Fact fact = fact(event, SubjectKind.CONTACT, contactId);
    fact.statedMs =
        switch (event.type()) {
          case EventTypes.CONTACT_CONNECTED, EventTypes.CONTACT_ABANDONED ->
              seconds(event, "waitSeconds");
          case EventTypes.CONTACT_ENDED -> seconds(event, "handleSeconds");
          default -> Share.NONE;
        };
    if (!begins || "outbound".equals(fact.direction) || customer == null || !isKnown(event)) {
      return List.of(fact);
    }
    Fact visit = fact(event, SubjectKind.CUSTOMER, customer.customerId());
    visit.hash = StableHash.pair(event.tenant(), contactId);
    return List.of(fact, visit);
  }

  /** Whether the event says who it was; of a mere device nobody knows who repeats what. */
  private static boolean isKnown(Event event) {
    if (event.subject() != null) {
      return true;
    }
    for (IdentifierType type : IdentifierType.values()) {
      if (type.tier() != IdentifierType.Tier.WEAK && event.identifier(type) != null) {
        return true;
      }
    }
    return false;
  }

  private static List<Fact> agent(Event event) {
    String agentId = event.text("agentId");
    String state = event.text("state");
    if (agentId == null || state == null) {
      return null;
    }
    Fact fact = fact(event, SubjectKind.AGENT, agentId);
    fact.word = state;
    return List.of(fact);
  }

  private static List<Fact> caseFact(Event event) {
    String caseId = event.text("caseId");
    return caseId == null ? null : List.of(fact(event, SubjectKind.CASE, caseId));
  }

  private static List<Fact> ofCustomer(Event event, CustomerKey customer) {
    return customer == null
        ? null
        : List.of(fact(event, SubjectKind.CUSTOMER, customer.customerId()));
  }

  private static Fact fact(Event event, SubjectKind kind, String id) {
    Fact fact = new Fact();
    fact.subject = kind.key(event.tenant() + '/' + id);
    fact.type = event.type();
    describe(fact, event);
    return fact;
  }

  private static void describe(Fact fact, Event event) {
    fact.tenant = event.tenant();
    fact.timeMs = event.time().toEpochMilli();
    fact.hash = StableHash.pair(event.source(), event.id());
    fact.channel = event.text("channel");
    fact.direction = event.text("direction");
    fact.queue = event.text("queue");
    fact.agentId = event.text("agentId");
    fact.topic = event.text("topic");
  }

  private static long seconds(Event event, String field) {
    double seconds = number(event, field);
    return seconds >= 0 && seconds < 1e9 ? Math.round(seconds * MS_PER_SECOND) : Share.NONE;
  }

  private static double number(Event event, String field) {
    JsonNode node = event.data().get(field);
    return node != null && node.isNumber() ? node.asDouble() : Double.NaN;
  }
}
