package io.nabz.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nabz.backtest.Backtest;
import io.nabz.backtest.BacktestPlan;
import io.nabz.backtest.BacktestResult;
import io.nabz.customer.CustomerPolicy;
import io.nabz.rules.engine.CompiledRule;
import io.nabz.rules.engine.RuleCompiler;
import io.nabz.rules.language.RuleReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench backtest}: how fast a draft is run over the kept history. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = "How fast a draft of a rule is run over a history in Kafka.")
final class BacktestCommand implements Callable<Integer> {
  private static final String DRAFT =
      """
      id: draft
      audience: agent
      name: {en: draft, fa: draft}
      pattern:
        - {as: call, type: contact.ended, where: "event.data.disposition == 'unresolved'"}
        - {as: again, type: contact.initiated, where: "event.data.channel == 'voice'"}
      within: 15m
      cooldown: 24h
      then: {title: {en: draft, fa: draft}}
      """;

  /** What the rows of the table are. */
  private enum Draft {
    PLAIN("of two steps", DRAFT),
    EVERY_EVENT(
        "of two steps, strict, so that every event matters",
        DRAFT.replace("type: contact.initiated,", "type: contact.initiated, followed: strict,")),
    CUSTOMER(
        "that asks for the customer, all of whom is made",
        DRAFT + "condition: customer.sentiment.label == 'negative'\n");

    private final String title;
    private final String yaml;

    Draft(String title, String yaml) {
      this.title = title;
      this.yaml = yaml;
    }
  }

  @Spec CommandSpec spec;
  @Mixin RunOptions run;
  @Mixin TrafficOptions traffic;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "in the history (default: ${DEFAULT-VALUE})")
  int events;

  @Override
  public Integer call() throws Exception {
    LabOptions options;
    try {
      options = run.lab();
      traffic.check();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    MachineFacts.gather(Bench.commandLine(spec), options)
        .forEach((name, value) -> System.out.println("- " + name + ": " + value));
    System.out.println("\n| draft | events | s | events/s | alerts |\n|---|---:|---:|---:|---:|");
    try (Workspace workspace = Workspace.create(run.workDir);
        Lab lab = Lab.open(workspace, Contenders.named("kafka"), options)) {
      fill(lab);
      // What a JVM compiles while it is new is nobody's figure.
      measure(lab, Draft.PLAIN);
      for (Draft draft : Draft.values()) {
        for (int round = 0; round < run.rounds; round++) {
          measure(lab, draft).print(draft.title, events);
        }
      }
    }
    return Bench.OK;
  }

  private void fill(Lab lab) {
    Progress.say("a history of %,d events is written", events);
    Instant start = Instant.parse("2026-11-22T10:00:00Z");
    EventGenerator generator = new EventGenerator(traffic.traffic(start, Duration.ofMillis(10)));
    try (EventSender sender = EventSender.bulk(lab.bootstrapServers())) {
      for (int i = 0; i < events; i++) {
        sender.send(generator.next());
      }
      sender.flush();
    }
  }

  /** One run's figures. */
  private record Measured(double seconds, BacktestResult result) {
    void print(String title, int events) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,d | %.1f | %,.0f | %,d |%n",
          title,
          events,
          seconds,
          events / seconds,
          result.alerts());
    }
  }

  private static Measured measure(Lab lab, Draft draft) throws InterruptedException {
    CompiledRule rule = RuleCompiler.compile(RuleReader.read(draft.yaml.getBytes(UTF_8)));
    BacktestPlan plan =
        new BacktestPlan(
            "default",
            rule,
            null,
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            1,
            BacktestPlan.workersFor(rule, null),
            Runtime.getRuntime().maxMemory() / 2,
            Duration.ofMinutes(10),
            CustomerPolicy.DEFAULT);
    Properties kafka = new Properties();
    kafka.put("bootstrap.servers", lab.bootstrapServers());
    long from = System.nanoTime();
    BacktestResult result = new Backtest(plan, (tenant, type, value) -> null).run(kafka);
    return new Measured((System.nanoTime() - from) / 1e9, result);
  }
}
