package io.nabz.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import io.nabz.api.auth.Role;
import io.nabz.api.rules.RuleStore;
import io.nabz.api.store.ViewStore;
import io.nabz.api.warm.WarmDesk;
import io.nabz.model.Audience;
import io.nabz.rules.catalogue.RuleSchema;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.engine.RuleSet;
import io.nabz.rules.engine.UnderWay;
import io.nabz.rules.language.Problem;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The rules. Marketers write those for marketing, supervisors those for agents and supervisors,
 * admins all.
 */
final class RulesHandler {
  private final RuleStore rules;
  private final WarmDesk warm;
  private final ViewStore store;
  private final Audit audit;
  private final Clock clock;

  RulesHandler(RuleStore rules, WarmDesk warm, ViewStore store, Audit audit, Clock clock) {
    this.rules = rules;
    this.warm = warm;
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  void list(Context ctx) {
    int limit = Params.limit(ctx);
    String after = Params.text(ctx, "cursor");
    String audience = Params.text(ctx, "audience");
    List<ObjectNode> all =
        rules.list(AccessGate.principal(ctx).tenant()).stream()
            .filter(rule -> audience == null || rule.path("audience").asText().equals(audience))
            .filter(rule -> after == null || id(rule).compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    boolean more = all.size() > limit;
    String tenant = AccessGate.principal(ctx).tenant();
    List<ObjectNode> page =
        all.stream().limit(limit).map(rule -> rules.withStatus(tenant, rule)).toList();
    Views.json(ctx, new Views.Page<>(page, more ? id(page.get(limit - 1)) : null, null));
  }

  void get(Context ctx) {
    String tenant = AccessGate.principal(ctx).tenant();
    String id = ctx.pathParam("id");
    String version = Params.text(ctx, "version");
    ObjectNode rule =
        (version == null
                ? rules.get(tenant, id)
                : rules.versions(tenant, id).stream()
                    .filter(one -> one.path("version").asText().equals(version))
                    .findFirst())
            .orElseThrow(() -> ProblemException.notFound("there is no such rule or version"));
    Views.json(ctx, version == null ? rules.withStatus(tenant, rule) : rule);
  }

  void versions(Context ctx) {
    String tenant = AccessGate.principal(ctx).tenant();
    Views.json(ctx, new Views.Page<>(rules.versions(tenant, ctx.pathParam("id")), null, null));
  }

  void put(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    String id = ctx.pathParam("id");
    try {
      ObjectNode document = RuleReader.tree(ctx.bodyAsBytes());
      if (!document.has("id")) {
        document.put("id", id);
      }
      if (!document.path("id").asText().equals(id)) {
        throw ProblemException.badRequest(
            "the rule's id is not the one in the path; make them one");
      }
      checkAudience(principal, document.path("audience").asText());
      rules
          .get(principal.tenant(), id)
          .ifPresent(before -> checkAudience(principal, before.path("audience").asText()));
      CompiledRule before = running(principal.tenant(), id);
      boolean isWarm = Params.isWarm(ctx);
      ObjectNode written =
          isWarm
              ? putWarm(principal, document)
              : rules.put(principal.tenant(), document, principal.subject());
      audit.change(ctx, "rule.put", id);
      CompiledRule after = running(principal.tenant(), id);
      // What is under way across customers is kept with nobody and not counted.
      boolean counted = before != null && !before.rule().isAcross() && !isWarm;
      boolean goesOn = !counted || (after != null && after.goesOnFrom(before));
      Views.json(
          ctx, goesOn ? written : written.deepCopy().put("dropped", dropped(principal, before)));
    } catch (RuleException e) {
      Problem first = e.problems().get(0);
      throw ProblemException.badRequest("the rule is not taken: " + first)
          .with("problems", e.problems());
    }
  }

  private ObjectNode putWarm(Principal principal, ObjectNode document) {
    try {
      WarmDesk.check(RuleCompiler.compile(RuleReader.read(document)));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
    String tenant = principal.tenant();
    return warm.start(tenant, () -> rules.put(tenant, document, principal.subject(), true))
        .orElseThrow(
            () ->
                new ProblemException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "another rule is being started warm; wait for it, or leave out start=warm")
                    .header("Retry-After", "10"));
  }

  /** The rule as it runs, or null when none of that id does. */
  private CompiledRule running(String tenant, String id) {
    return rules.running(tenant).rules().stream()
        .filter(rule -> rule.rule().id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** Customers of whom the rule had something under way that nothing goes on from. */
  private int dropped(Principal principal, CompiledRule before) {
    RuleSet former = new RuleSet(List.of(before));
    Instant now = clock.instant();
    return store.countUnderWay(
        principal.tenant(), told -> !UnderWay.read(former, told, now).isEmpty());
  }

  void delete(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    String id = ctx.pathParam("id");
    rules
        .get(principal.tenant(), id)
        .ifPresent(before -> checkAudience(principal, before.path("audience").asText()));
    CompiledRule before = running(principal.tenant(), id);
    if (!rules.delete(principal.tenant(), id, principal.subject())) {
      throw ProblemException.notFound("there is no such rule");
    }
    audit.change(ctx, "rule.delete", id);
    Views.json(ctx, new Deleted(id, before == null ? 0 : dropped(principal, before)));
  }

  /**
   * @param dropped customers of whom the rule had something under way
   */
  record Deleted(String id, int dropped) {}

  /** The JSON Schema of the language. */
  void schema(Context ctx) {
    ctx.header("Cache-Control", "no-cache")
        .contentType("application/schema+json")
        .result(RuleSchema.json());
  }

  static void checkAudience(Principal principal, String audience) {
    boolean marketing = audience.equals(Audience.MARKETING.code());
    Set<Role> writers =
        marketing ? Set.of(Role.MARKETER, Role.ADMIN) : Set.of(Role.SUPERVISOR, Role.ADMIN);
    if (!principal.hasAnyOf(writers)) {
      throw new ProblemException(
          HttpStatus.FORBIDDEN,
          marketing
              ? "rules for marketing are written by marketers and admins"
              : "rules for agents and supervisors are written by supervisors and admins");
    }
  }

  private static String id(ObjectNode rule) {
    return rule.path("id").asText();
  }
}
