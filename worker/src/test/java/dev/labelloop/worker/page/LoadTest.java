package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many reviewers at once over bad connections: no answer is lost, and none is given twice. How fast
 * this goes is for {@link LoadBenchmark} to say.
 */
@ExtendWith(Studio.Shared.class)
class LoadTest {
  private static final int REVIEWERS = 50;
  private static final int IMAGES = 300;

  /** Of answers whose connection breaks: far more than any network does. */
  private static final double FAULTS = 0.4;

  @Test
  void neitherLosesNorDoublesAnAnswerOfFiftyReviewersAtOnce(Studio studio) throws Exception {
    studio.publish(Publication.of("crowd").batches(50).pictures(pictures("crowd", IMAGES)));

    Crowd.Seen seen =
        new Crowd("crowd", FAULTS, Duration.ZERO, 1).answerAll(people(studio, "crowd", REVIEWERS));

    assertThat(seen.refusals()).isEmpty();
    assertEachAnsweredOnce(studio, "crowd", IMAGES, seen);
    assertThat(seen.acknowledged().stream().map(Crowd.Acknowledged::reviewer).distinct())
        .as("people who answered")
        .hasSizeGreaterThan(REVIEWERS / 2);
  }

  /** What the server stores is what it said that it stored, image for image. */
  static void assertEachAnsweredOnce(Studio studio, String campaign, int images, Crowd.Seen seen) {
    Map<String, Set<UUID>> submissions = new HashMap<>();
    for (Crowd.Acknowledged answer : seen.acknowledged()) {
      submissions.computeIfAbsent(answer.key(), k -> new HashSet<>()).add(answer.submission());
    }
    assertThat(submissions).hasSize(images);
    assertThat(submissions.values()).allMatch(of -> of.size() == 1, "answered once");
    assertThat(seen.acknowledged()).allMatch(answer -> answer.version() == 1, "is version 1");
    for (Map.Entry<String, Set<UUID>> entry : submissions.entrySet()) {
      Crowd.Acknowledged told =
          seen.acknowledged().stream()
              .filter(answer -> answer.key().equals(entry.getKey()))
              .findFirst()
              .orElseThrow();
      JsonNode stored = studio.admin().get("/api/review/" + entry.getKey()).ok().get("answer");
      assertThat(stored.path("submissionId").asText())
          .as("stored for %s", entry.getKey())
          .isEqualTo(told.submission().toString());
      assertThat(stored.get("reviewer").asText()).isEqualTo(told.reviewer());
    }
  }

  /** Reviewers with accounts of their own. */
  static List<Person> people(Studio studio, String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Person.opening(studio.admin().invite(prefix + "-" + i, Role.REVIEWER)))
        .toList();
  }

  /** Small pictures with two boxes each. */
  static List<Picture> pictures(String prefix, int count) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(
          Picture.of(prefix + "-" + i + ".png", 64, 48)
              .with(0, 0.9, 5, 5, 20, 15)
              .with(1, 0.5, 30 + i % 10, 20, 20, 15));
    }
    return pictures;
  }
}
