package io.nabz.customer;

import io.nabz.model.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where on the customer's way a touchpoint lies, and which class of clue it gives: functional (does
 * it work), mechanic (what the things and screens are like) or human (how people behave). The
 * classes are those of Berry, Wall and Carbone, "Service clues and customer assessment of the
 * service experience", 2006.
 */
public final class Experience {
  static final String DISCOVER = "discover";
  static final String BUY = "buy";
  static final String RECEIVE = "receive";
  static final String USE = "use";
  static final String NEED_HELP = "need_help";
  static final String LEAVE = "leave";

  static final String FUNCTIONAL = "functional";
  static final String MECHANIC = "mechanic";
  static final String HUMAN = "human";

  private record Place(String stage, String clue) {}

  private static final Place NOWHERE = new Place(null, null);

  /** Channels on which no person answers. */
  private static final Set<String> MACHINES =
      Set.of(Channel.IVR.code(), Channel.BOT.code(), Channel.WEB.code(), Channel.APP.code());

  /** By type, or by the part of it before the dot. */
  private static final Map<String, Place> PLACES = new HashMap<>();

  static {
    put("page", DISCOVER, MECHANIC);
    put("screen", DISCOVER, MECHANIC);
    put("search", DISCOVER, MECHANIC);
    put("error", USE, MECHANIC);
    put("campaign", DISCOVER, MECHANIC);
    put("campaign.unsubscribed", LEAVE, MECHANIC);
    put("offer", BUY, MECHANIC);
    put("offer.presented", DISCOVER, MECHANIC);
    put("cart", BUY, MECHANIC);
    put("checkout", BUY, MECHANIC);
    put("payment", BUY, FUNCTIONAL);
    put("order", RECEIVE, FUNCTIONAL);
    put("order.placed", BUY, FUNCTIONAL);
    put("order.cancelled", LEAVE, FUNCTIONAL);
    put("order.returned", LEAVE, FUNCTIONAL);
    put("selfservice", USE, FUNCTIONAL);
    put("auth", USE, FUNCTIONAL);
    put("loyalty", USE, FUNCTIONAL);
    put("survey", USE, HUMAN);
    put("review", USE, FUNCTIONAL);
    put("social", USE, HUMAN);
    put("contact", NEED_HELP, HUMAN);
    put("callback", NEED_HELP, HUMAN);
    put("callback.requested", NEED_HELP, FUNCTIONAL);
    put("message", NEED_HELP, HUMAN);
    put("case", NEED_HELP, FUNCTIONAL);
  }

  private Experience() {}

  /** Null for what lies on no stage, such as an update of the profile. */
  public static String stage(String type, String topic) {
    String stage = place(type).stage;
    return NEED_HELP.equals(stage) && Churn.isCancellation(topic) ? LEAVE : stage;
  }

  public static String clue(String type, String channel) {
    String clue = place(type).clue;
    return HUMAN.equals(clue) && channel != null && MACHINES.contains(channel) ? MECHANIC : clue;
  }

  /** Whether that type of event, or part of one before the dot, lies on the way; null does not. */
  public static boolean knows(String type) {
    return type != null && place(type) != NOWHERE;
  }

  private static Place place(String type) {
    Place place = PLACES.get(type);
    if (place == null) {
      int dot = type.indexOf('.');
      place = dot < 0 ? null : PLACES.get(type.substring(0, dot));
    }
    return place == null ? NOWHERE : place;
  }

  private static void put(String type, String stage, String clue) {
    PLACES.put(type, new Place(stage, clue));
  }
}
