package io.nabz.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nabz.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule VIEWS_AND_INTAKE_KNOW_NO_WEB =
      noClasses()
          .that()
          .resideInAnyPackage("io.nabz.api.store..", "io.nabz.api.intake..", "io.nabz.api.live..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

  @ArchTest
  static final ArchRule NOTHING_KNOWS_FLINK =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule ONLY_THE_STORE_KNOWS_ROCKSDB =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nabz.api.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..");

  @ArchTest
  static final ArchRule THE_STORE_KNOWS_NOBODY_ABOVE_IT =
      noClasses()
          .that()
          .resideInAPackage("io.nabz.api.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.nabz.api.http..", "io.nabz.api.live..", "io.nabz.api.auth..", "io.nabz.api");
}
