package io.nabz.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.nabz.api.auth.Principal;
import io.nabz.api.backtest.BacktestDesk;
import io.nabz.api.backtest.BacktestRun;
import io.nabz.api.rules.RuleStore;
import io.nabz.backtest.BacktestResult;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleException;
import io.nabz.rules.language.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a draft would have done; for those who may write the rule. */
final class BacktestHandler {
  private final BacktestDesk desk;
  private final RuleStore rules;
  private final Audit audit;

  BacktestHandler(BacktestDesk desk, RuleStore rules, Audit audit) {
    this.desk = desk;
    this.rules = rules;
    this.audit = audit;
  }

  void start(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    CompiledRule draft = draft(ctx);
    RulesHandler.checkAudience(principal, draft.rule().audience().code());
    CompiledRule live =
        rules.running(principal.tenant()).rules().stream()
            .filter(rule -> rule.rule().id().equals(draft.rule().id()))
            .findFirst()
            .orElse(null);
    BacktestRun run;
    try {
      run =
          desk.start(
                  principal.tenant(),
                  draft,
                  live,
                  Params.instant(ctx, "from"),
                  Params.instant(ctx, "to"),
                  Params.share(ctx, "sample", 1))
              .orElseThrow(
                  () ->
                      new ProblemException(
                              HttpStatus.TOO_MANY_REQUESTS,
                              BacktestDesk.MAX_RUNNING
                                  + " backtests are running; wait for one or cancel one")
                          .header("Retry-After", "10"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(e.getMessage());
    }
    audit.change(ctx, "rule.backtest", draft.rule().id());
    ctx.status(HttpStatus.ACCEPTED).header("Location", "/v1/rules/backtest/" + run.id());
    Views.json(ctx, run.view());
  }

  void get(Context ctx) {
    BacktestRun.View view = find(ctx).view();
    if (view.result() != null) {
      audit.read(ctx, "rule.backtest", customers(view.result()));
    }
    Views.json(ctx, view);
  }

  void cancel(Context ctx) {
    desk.cancel(find(ctx));
    ctx.status(HttpStatus.NO_CONTENT);
  }

  private BacktestRun find(Context ctx) {
    Principal principal = AccessGate.principal(ctx);
    BacktestRun run =
        desk.get(principal.tenant(), ctx.pathParam("id"))
            .orElseThrow(
                () -> ProblemException.notFound("there is no such backtest, or it is forgotten"));
    RulesHandler.checkAudience(principal, run.audience().code());
    return run;
  }

  private static CompiledRule draft(Context ctx) {
    try {
      ObjectNode document = RuleReader.tree(ctx.bodyAsBytes());
      if (!document.has("id")) {
        document.put("id", "draft");
      }
      document.put("enabled", true);
      return RuleCompiler.compile(RuleReader.read(document));
    } catch (RuleException e) {
      throw ProblemException.badRequest("the rule is not taken: " + e.problems().get(0))
          .with("problems", e.problems());
    }
  }

  private static List<String> customers(BacktestResult result) {
    List<BacktestResult.Example> shown = new ArrayList<>(result.examples());
    if (result.live() != null) {
      shown.addAll(result.live().onlyInDraft());
      shown.addAll(result.live().onlyInLive());
    }
    return shown.stream()
        .map(BacktestResult.Example::customerId)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
