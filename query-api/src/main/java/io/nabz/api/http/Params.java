package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.privacy.Sight;
import io.nabz.api.store.AlertQuery;
import io.nabz.api.store.KpiQuery;
import io.nabz.api.store.OfferQuery;
import io.nabz.api.store.Position;
import io.nabz.api.store.VoiceQuery;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.CustomerKey;
import io.nabz.model.KpiInterval;
import io.nabz.model.Severity;
import io.nabz.rules.language.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** Parses what a request asks for into typed values, or says what to send. */
final class Params {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private Params() {}

  static CustomerKey customer(Context ctx) {
    return new CustomerKey(AccessGate.principal(ctx).tenant(), ctx.pathParam("id"));
  }

  /** Whether a rule is to know what had begun before it was written. */
  static boolean isWarm(Context ctx) {
    String start = text(ctx, "start");
    if (start != null && !start.equals("warm") && !start.equals("cold")) {
      throw ProblemException.badRequest("start must be warm or cold");
    }
    return "warm".equals(start);
  }

  static AlertQuery alertQuery(Context ctx) {
    return new AlertQuery(
        text(ctx, "ruleId"),
        text(ctx, "customerId"),
        parse(ctx, "audience", Audience::of),
        text(ctx, "queue"),
        text(ctx, "assignee"),
        parse(ctx, "severity", Severity::of),
        parse(ctx, "state", AlertState::of),
        parse(ctx, "from", Params::instant),
        parse(ctx, "to", Params::instant),
        visibleAudiences(AccessGate.principal(ctx)));
  }

  /** Marketers see what is for them and agents what is for agents; the others see all. */
  static Set<Audience> visibleAudiences(Principal principal) {
    EnumSet<Audience> visible = EnumSet.noneOf(Audience.class);
    if (principal.hasAnyOf(Set.of(Role.SUPERVISOR, Role.ADMIN))) {
      visible.addAll(EnumSet.allOf(Audience.class));
    }
    if (principal.roles().contains(Role.AGENT)) {
      visible.add(Audience.AGENT);
    }
    if (principal.roles().contains(Role.MARKETER)) {
      visible.add(Audience.MARKETING);
    }
    return visible;
  }

  /** The widest of what the roles are shown; what a marketer sees names nobody. */
  static Sight sight(Principal principal) {
    if (principal.hasAnyOf(Set.of(Role.SUPERVISOR, Role.ADMIN))) {
      return Sight.WHOLE;
    }
    return principal.roles().contains(Role.AGENT) ? Sight.SERVING : Sight.INDIRECT;
  }

  static KpiQuery kpiQuery(Context ctx) {
    KpiInterval interval = parse(ctx, "interval", KpiInterval::of);
    Instant from = parse(ctx, "from", Params::instant);
    Instant to = parse(ctx, "to", Params::instant);
    try {
      return new KpiQuery(
          text(ctx, "dimension"), interval == null ? KpiInterval.NOW : interval, from, to);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }

  static VoiceQuery voiceQuery(Context ctx) {
    return new VoiceQuery(parse(ctx, "from", Params::instant), parse(ctx, "to", Params::instant));
  }

  static OfferQuery offerQuery(Context ctx) {
    Duration window = parse(ctx, "window", Params::duration);
    Instant from = parse(ctx, "from", Params::instant);
    Instant to = parse(ctx, "to", Params::instant);
    try {
      return new OfferQuery(from, to, window == null ? OfferQuery.USUAL_WINDOW : window);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
  }

  private static Duration duration(String text) {
    Duration duration = Durations.parse(text);
    if (duration == null) {
      throw new IllegalArgumentException("send e.g. 30m, 24h or 7d");
    }
    return duration;
  }

  static int limit(Context ctx) {
    Integer limit = parse(ctx, "limit", Params::number);
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.badRequest("limit must be 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  /** How many items former pages had. */
  static int offset(Context ctx, int max) {
    Integer offset = parse(ctx, "cursor", Params::number);
    if (offset == null) {
      return 0;
    }
    if (offset < 0 || offset > max) {
      throw ProblemException.badRequest("cursor: not a nextCursor of a former answer");
    }
    return offset;
  }

  /** Where a former page ended, or null for the first. */
  static Position cursor(Context ctx) {
    return parse(
        ctx,
        "cursor",
        text ->
            Position.parse(text)
                .orElseThrow(
                    () -> new IllegalArgumentException("not a nextCursor of a former answer")));
  }

  /** The id of the last event that a stream's client has, or null. */
  static String lastEventId(Context ctx) {
    String header = ctx.header("Last-Event-ID");
    return header != null && !header.isBlank() ? header.strip() : text(ctx, "after");
  }

  static String text(Context ctx, String name) {
    String value = ctx.queryParam(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static <T> T parse(Context ctx, String name, Function<String, T> parser) {
    String value = text(ctx, name);
    if (value == null) {
      return null;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(name + ": " + e.getMessage());
    }
  }

  /** A moment, or null when none is given. */
  static Instant instant(Context ctx, String name) {
    return parse(ctx, name, Params::instant);
  }

  /** A share above 0 and up to 1. */
  static double share(Context ctx, String name, double otherwise) {
    Double share = parse(ctx, name, Params::decimal);
    return share == null ? otherwise : share;
  }

  private static Double decimal(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("send a number such as 0.1", e);
    }
  }

  static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("send RFC 3339 such as 2026-11-22T10:15:30Z", e);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("send a whole number", e);
    }
  }
}
