package dev.labelloop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A workflow is replayed on another machine on another day and must decide the same. So nothing in
 * this module, which workflow code may call any part of, asks for the time, for chance, for the
 * machine or for other threads: {@code Workflow} gives the first two, activities do the rest.
 */
class DeterminismTest {
  /** How {@code class.method(types)} may not begin; constructors are named {@code <init>}. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          String.join(
              "|",
              "java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty|identityHashCode|exit)",
              "java\\.lang\\.Math\\.random",
              "java\\.lang\\.(Thread|Runtime|Process|ProcessBuilder|ProcessHandle|ThreadLocal)\\..*",
              "java\\.lang\\.Object\\.(wait|notify|notifyAll)",
              "java\\.time\\..*\\.now",
              "java\\.time\\.Clock\\.system.*",
              "java\\.util\\.Date\\.<init>",
              "java\\.util\\.UUID\\.randomUUID",
              "java\\.util\\.Random\\.<init>\\(\\)", // one with a seed draws the same anywhere
              "java\\.security\\.SecureRandom\\..*",
              "java\\.util\\.(Timer|TimerTask)\\..*",
              "java\\.util\\.concurrent\\.(?!TimeUnit).*",
              "java\\.util\\.(Locale|TimeZone)\\.getDefault",
              "java\\.util\\..*\\.(parallelStream|parallel)",
              // their order follows hash codes, and those of enums and plain objects change
              "java\\.util\\.(HashMap|IdentityHashMap|WeakHashMap)\\.(keySet|values|entrySet|forEach)",
              "java\\.util\\.HashSet\\.(iterator|forEach|stream)",
              "java\\.(io|net|sql)\\.(?!UncheckedIOException|Serializable).*",
              "java\\.nio\\.(file|channels)\\..*"));

  private static final ArchRule DECIDES_ALIKE =
      noClasses()
          .that()
          .resideInAPackage("dev.labelloop..")
          .should()
          .callCodeUnitWhere(
              new DescribedPredicate<>("its outcome may differ at replay") {
                @Override
                public boolean test(JavaCall<?> call) {
                  String full = call.getTarget().getFullName(); // with the parameters' types
                  return FORBIDDEN.matcher(full).lookingAt();
                }
              })
          .because("workflow code is replayed: ask Workflow for time and chance, or an activity");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.labelloop");

  @Test
  void nothingThatWorkflowCodeCallsDependsOnTimeChanceOrMachine() {
    DECIDES_ALIKE.check(CLASSES);
  }

  @Test
  void nothingIsSynchronized() {
    assertThat(CLASSES.stream().flatMap(c -> c.getCodeUnits().stream()))
        .hasSizeGreaterThan(100)
        .noneMatch(DeterminismTest::isSynchronized);
  }

  private static boolean isSynchronized(JavaCodeUnit code) {
    return code.getModifiers().contains(JavaModifier.SYNCHRONIZED);
  }

  @ParameterizedTest
  @ValueSource(classes = {Hasty.class, Lucky.class, Shuffled.class, Busy.class, Nosy.class})
  void noticesEachKind(Class<?> offender) {
    JavaClasses classes = new ClassFileImporter().importClasses(offender);

    assertThatThrownBy(() -> DECIDES_ALIKE.check(classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(offender.getSimpleName());
  }

  // What must not pass

  static final class Hasty {
    Instant time() {
      return Instant.now();
    }
  }

  static final class Lucky {
    List<Object> chance() {
      return List.of(new Random(), UUID.randomUUID(), Math.random());
    }
  }

  static final class Shuffled {
    private final HashMap<Object, String> names = new HashMap<>(Map.of(this, "me"));

    Iterable<String> order() {
      return names.values();
    }
  }

  static final class Busy {
    Thread thread() {
      return new Thread(() -> {});
    }
  }

  static final class Nosy {
    String machine() {
      return System.getenv("HOME");
    }
  }
}
