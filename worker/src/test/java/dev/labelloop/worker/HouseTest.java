package dev.labelloop.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of this module; see the rule's reason for the mend. */
class HouseTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.labelloop.worker");

  @Test
  void onlyEmbeddedStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.labelloop.worker.embedded..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .because("child processes need an owner who ends them: use worker.embedded")
        .check(CLASSES);
  }

  @Test
  void knowsNeitherSqlNorTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.labelloop.worker.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "ai.djl..")
        .because("the process wires; SQL and the engine live in activities")
        .check(CLASSES);
  }
}
