package dev.labelloop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows of this module. THINK TWICE BEFORE YOU CHANGE A RULE: a forbidden arrow usually means
 * that a type lives in the wrong room.
 */
class HouseTest {
  private static final String BASE = "dev.labelloop.";

  /** The order of the loop; nothing looks at what comes after it. */
  private static final List<String> ORDER =
      List.of(
          "core",
          "dataset",
          "prediction",
          "selection",
          "review",
          "label",
          "trainingset",
          "model",
          "evaluation",
          "campaign");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.labelloop");

  static Stream<String> stages() {
    return ORDER.stream().limit(ORDER.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void usesNothingDownstream(String stage) {
    String[] after =
        ORDER.stream()
            .skip(ORDER.indexOf(stage) + 1)
            .map(name -> BASE + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(BASE + stage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(after)
        .because("stages only look upstream: move the shared type into core or an earlier stage")
        .check(CLASSES);
  }

  @Test
  void needsNothingButTemporalAndAnnotations() {
    classes()
        .that()
        .resideInAPackage("dev.labelloop..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "dev.labelloop..",
                "java..",
                "io.temporal..",
                "com.fasterxml.jackson.annotation..",
                "org.jspecify.annotations..",
                "org.slf4j.."))
        .because("workflow code says what, never how: move the library's use into activities")
        .check(CLASSES);
  }
}
