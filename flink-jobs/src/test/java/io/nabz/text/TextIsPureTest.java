package io.nabz.text;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TextIsPureTest {
  @Test
  void theTextReaderNeedsNothingButJava() {
    JavaClasses text =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nabz.text");
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "io.nabz.text..")
        .check(text);
  }
}
