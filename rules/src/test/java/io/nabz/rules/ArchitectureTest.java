package io.nabz.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nabz.rules", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule RULES_ARE_PURE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "io.javalin..");

  @ArchTest
  static final ArchRule RULES_READ_NO_WALL_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule THE_LANGUAGE_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("io.nabz.rules.language..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nabz.rules.engine..", "io.nabz.rules.expression..");
}
