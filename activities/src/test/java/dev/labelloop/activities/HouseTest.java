package dev.labelloop.activities;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
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
 * The arrows of this module; see the rule's reason for the mend. That workflows knows nothing of
 * activities, and activities nothing of worker, Maven's module order sees to.
 */
class HouseTest {
  private static final String ROOM = "dev.labelloop.activities..";
  private static final String BASE = "dev.labelloop.activities.";

  private static final List<String> ORDER =
      List.of(
          "dataset",
          "prediction",
          "selection",
          "review",
          "label",
          "trainingset",
          "model",
          "evaluation");

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
        .because("stages only look upstream: what two need belongs to the earlier one")
        .check(CLASSES);
  }

  @Test
  void onlyRepositoriesKnowSql() {
    noClasses()
        .that(
            resideInAPackage(ROOM)
                .and(
                    not(
                        resideInAPackage(BASE + "jdbc..")
                            .or(nameMatching(".*Repository(\\$.*)?")))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "org.postgresql..", "com.zaxxer..")
        .because("SQL lives in jdbc and in classes named Repository: add a method there")
        .check(CLASSES);
  }

  @Test
  void onlyDetectorAndTrainingKnowTheEngine() {
    noClasses()
        .that()
        .resideInAPackage(ROOM)
        .and()
        .resideOutsideOfPackages(BASE + "detector..", BASE + "training..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .because("other engines must be able to come: go through Detector and DetectorFamily")
        .check(CLASSES);
  }

  @Test
  void onlySandboxStartsProcesses() {
    noClasses()
        .that()
        .resideInAPackage(ROOM)
        .and()
        .resideOutsideOfPackage(BASE + "sandbox..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ProcessBuilder.class.getName())
        .because("child processes need an owner who ends them")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void nobodyReachesIntoAnotherToolsPackage(String room) {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + room + "..", BASE + "dataset..")
        .and()
        .doNotHaveSimpleName("LabelFormats")
        .and()
        .haveNameNotMatching(".*\\.format\\.[a-z]+\\..*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + room + "..")
        .because("foreign formats and tools stay in their package: go through the registry")
        .check(CLASSES);
  }

  static Stream<String> foreign() {
    return Stream.of(
        "format.labelstudio",
        "format.yolo",
        "format.voc",
        "format.cvat",
        "format.labelme",
        "format.sagemaker",
        "format.openimages",
        "review.simulated",
        "review.page");
  }
}
