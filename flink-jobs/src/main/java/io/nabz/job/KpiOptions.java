package io.nabz.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.kpi.KpiPolicy;
import io.nabz.model.ServiceLevelFormula;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What the job can be told about the floor's figures. */
final class KpiOptions {
  static final ConfigOption<Duration> SHORT_ABANDON =
      key("kpi-short-abandon")
          .durationType()
          .defaultValue(KpiPolicy.DEFAULT.shortAbandon())
          .withDescription("Who leaves the queue within it counts as a short abandon.");

  static final ConfigOption<List<Duration>> TARGETS =
      key("kpi-service-level-targets")
          .durationType()
          .asList()
          .defaultValues(KpiPolicy.DEFAULT.targets().toArray(Duration[]::new))
          .withDescription(
              "Targets of the service level, one to four, separated by semicolons; a change counts"
                  + " for contacts that follow it.");

  static final ConfigOption<String> FORMULA =
      key("kpi-service-level-formula")
          .stringType()
          .defaultValue(KpiPolicy.DEFAULT.formula().code())
          .withDescription(
              "Formula of the service level: of-offered, without-short-abandons or"
                  + " abandoned-within-count.");

  static final ConfigOption<String> ZONE =
      key("kpi-zone")
          .stringType()
          .defaultValue(KpiPolicy.DEFAULT.zone().getId())
          .withDescription("Time zone whose hours and days the figures are of, e.g. Asia/Tehran.");

  static final ConfigOption<Duration> AGENT_LOST_AFTER =
      key("kpi-agent-lost-after")
          .durationType()
          .defaultValue(KpiPolicy.DEFAULT.agentLostAfter())
          .withDescription("How long an agent's last state holds without a newer one.");

  static final ConfigOption<Duration> KEEP_SUBJECTS =
      key("kpi-keep-subjects")
          .durationType()
          .defaultValue(KpiPolicy.DEFAULT.keepSubjects())
          .withDescription(
              "How long contacts, agents and customers are remembered for the figures after their"
                  + " last word; a repeated event that comes later is counted again.");

  static final ConfigOption<Duration> KEEP_SHORT =
      key("kpi-keep-hours")
          .durationType()
          .defaultValue(KpiPolicy.DEFAULT.keepShort())
          .withDescription("How long figures of quarters of an hour and of hours are kept.");

  static final ConfigOption<Duration> KEEP_DAYS =
      key("kpi-keep-days")
          .durationType()
          .defaultValue(KpiPolicy.DEFAULT.keepDays())
          .withDescription("How long figures of days, and open cases, are kept.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          SHORT_ABANDON,
          TARGETS,
          FORMULA,
          ZONE,
          AGENT_LOST_AFTER,
          KEEP_SUBJECTS,
          KEEP_SHORT,
          KEEP_DAYS);

  private KpiOptions() {}

  /**
   * @throws IllegalArgumentException naming the option that cannot be read
   */
  static KpiPolicy read(
      Configuration config,
      Duration contactLostAfter,
      Duration cartAbandonedAfter,
      Duration resolvedAfter) {
    return new KpiPolicy(
        config.get(SHORT_ABANDON),
        config.get(TARGETS),
        formula(config.get(FORMULA)),
        zone(config.get(ZONE)),
        contactLostAfter,
        config.get(AGENT_LOST_AFTER),
        cartAbandonedAfter,
        resolvedAfter,
        config.get(KEEP_SUBJECTS),
        config.get(KEEP_SHORT),
        config.get(KEEP_DAYS));
  }

  private static ServiceLevelFormula formula(String code) {
    try {
      return ServiceLevelFormula.of(code);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + FORMULA.key() + ": " + e.getMessage(), e);
    }
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--" + ZONE.key() + ": " + id + " is no time zone; give one such as Asia/Tehran", e);
    }
  }
}
