package dev.labelloop.activities.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords(4);

  @Test
  void knowsThePasswordAgain() {
    String hash = passwords.hash("correct horse");

    assertThat(passwords.matches("correct horse", Optional.of(hash))).isTrue();
    assertThat(passwords.matches("correct horsf", Optional.of(hash))).isFalse();
    assertThat(passwords.hash("correct horse")).as("salted").isNotEqualTo(hash);
    assertThat(hash).startsWith("$2a$04$").doesNotContain("correct");
  }

  @Test
  void readsEveryByteThatItTakes() {
    String longest = "x".repeat(71);
    String hash = passwords.hash(longest + "y");

    assertThat(passwords.matches(longest + "y", Optional.of(hash))).isTrue();
    assertThat(passwords.matches(longest + "z", Optional.of(hash))).isFalse();
    assertThat(passwords.matches(longest + "yy", Optional.of(hash))).isFalse();
  }

  @Test
  void refusesWhatIsTooShortOrTooLongWithoutSayingIt() {
    assertThatThrownBy(() -> passwords.hash("ninechars"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("password has 9 bytes: give 10 to 72");
    assertThatThrownBy(() -> passwords.hash("é".repeat(37))) // two bytes each
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("password has 74 bytes: give 10 to 72");
    assertThat(passwords.hash("tencharsss")).isNotEmpty();
  }

  @Test
  void matchesNothingWhereThereIsNoPassword() {
    assertThat(passwords.matches("", Optional.empty())).isFalse();
    assertThat(passwords.matches("whatever it is", Optional.empty())).isFalse();
  }

  @Test
  void takesAsLongForANameThatThereIsNot() {
    Passwords slow = new Passwords(10);
    Optional<String> hash = Optional.of(slow.hash("correct horse"));
    nanos(() -> slow.matches("wrong horse", hash)); // classes are loaded

    long known = nanos(() -> slow.matches("wrong horse", hash));
    long unknown = nanos(() -> slow.matches("wrong horse", Optional.empty()));
    long tooLong = nanos(() -> slow.matches("x".repeat(1000), hash));

    assertThat(unknown).isBetween(known / 3, known * 3); // without the work: a thousandth
    assertThat(tooLong).isBetween(known / 3, known * 3);
  }

  /** The shortest of some: other work only makes it longer. */
  private static long nanos(Runnable work) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      work.run();
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }
}
