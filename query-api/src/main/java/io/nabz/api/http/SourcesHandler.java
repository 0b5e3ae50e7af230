package io.nabz.api.http;

import io.javalin.http.Context;
import io.nabz.api.auth.AuthException;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Scope;
import io.nabz.api.auth.SourceKeys;
import io.nabz.api.intake.EventIntake;
import io.nabz.api.intake.IntakeResult;
import io.nabz.api.sources.Source;
import io.nabz.api.sources.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Takes webhooks of configured sources. What can never be used is 200 and among the dead letters:
 * shops switch off a webhook that is refused too often.
 */
final class SourcesHandler {
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final Duration GOOD_FOR = Duration.ofHours(1);

  private final Sources sources;
  private final EventIntake intake;
  private final SourceKeys keys;
  private final RateLimits limits;
  private final Executor answering;
  private final Metrics metrics;
  private final Clock clock;

  SourcesHandler(
      Sources sources,
      EventIntake intake,
      SourceKeys keys,
      RateLimits limits,
      Executor answering,
      Metrics metrics,
      Clock clock) {
    this.sources = sources;
    this.intake = intake;
    this.keys = keys;
    this.limits = limits;
    this.answering = answering;
    this.metrics = metrics;
    this.clock = clock;
  }

  void post(Context ctx) {
    Map<String, String> headers = new HashMap<>();
    ctx.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    byte[] body = Bodies.read(ctx, MAX_BODY_BYTES);
    Source source = sources.named(ctx.pathParam("name")).orElse(null);
    if (source != null && source.kind().isPing(body)) {
      Views.json(ctx, new Views.Taken(true, 0, 0, List.of()));
      return;
    }
    Principal sender = sender(ctx, source, headers, body);
    limits.check(sender);
    limits.charge(sender, 1);
    // The credential is no part of the payload, and must not reach the dead letters or an event.
    headers.keySet().removeAll(Set.of("authorization", "cookie"));
    ctx.future(
        () ->
            intake
                .accept(
                    source.tenant(),
                    "sources/" + source.name(),
                    List.of(body),
                    bytes -> source.kind().read(source.name(), headers, bytes))
                .thenAcceptAsync(result -> answer(ctx, result), answering));
  }

  private void answer(Context ctx, IntakeResult result) {
    metrics.received(result);
    Views.json(ctx, new Views.Taken(true, result.accepted(), result.refused(), result.errors()));
  }

  /** The same answer for a source that is unknown and a signature that does not hold. */
  private Principal sender(Context ctx, Source source, Map<String, String> headers, byte[] body) {
    Instant now = clock.instant();
    if (source != null
        && source.kind().signature() != null
        && headers.containsKey(source.kind().signature().header())) {
      if (source.kind().signature().holds(headers, body, source.secret(), now)) {
        return new Principal(
            "source:" + source.name(),
            source.name(),
            Set.of(),
            Set.of(Scope.SOURCES),
            source.tenant(),
            now.plus(GOOD_FOR),
            null);
      }
      throw refused();
    }
    String key = key(ctx);
    if (source == null || key == null) {
      throw refused();
    }
    try {
      Principal principal = keys.verify(key);
      if (principal.scopes().contains(Scope.SOURCES)
          && principal.name().equals(source.name())
          && principal.tenant().equals(source.tenant())) {
        return principal;
      }
    } catch (AuthException e) {
      // The same answer as for no key at all.
    }
    throw refused();
  }

  /** In the URL only for senders that can neither sign nor send headers. */
  private static String key(Context ctx) {
    String authorization = ctx.header("Authorization");
    if (authorization == null) {
      return Params.text(ctx, "key");
    }
    String user = AccessGate.basicUser(authorization);
    return user != null ? user : AccessGate.bearer(authorization);
  }

  private static ProblemException refused() {
    return AccessGate.unauthorized(
        "no such source, or its signature or key does not hold; check its secret and its name", "");
  }
}
