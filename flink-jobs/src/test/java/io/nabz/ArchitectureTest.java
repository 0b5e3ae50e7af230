package io.nabz;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nabz", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.nabz.model..",
              "io.nabz.customer..",
              "io.nabz.clock..",
              "io.nabz.identity..",
              "io.nabz.intake..",
              "io.nabz.kpi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "io.javalin..");

  @ArchTest
  static final ArchRule BACKTESTS_AND_WARM_STARTS_KNOW_NO_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage("io.nabz.backtest..", "io.nabz.warm..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "io.nabz.job..");

  @ArchTest
  static final ArchRule NOTHING_IN_THE_STREAM_SERVES_HTTP =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("io.javalin..");

  @ArchTest
  static final ArchRule STATE_KNOWS_NOTHING_BUT_ITSELF =
      noClasses()
          .that()
          .resideInAPackage("io.nabz.customer.state..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("io.nabz.customer.state..", "java..");

  @ArchTest
  static final ArchRule DECISIONS_READ_NO_WALL_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.nabz.customer..",
              "io.nabz.clock..",
              "io.nabz.identity..",
              "io.nabz.intake..",
              "io.nabz.kpi..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
