package dev.labelloop.worker.page;

import java.time.Duration;
import java.util.List;

/**
 * Reviewers at once on loopback: how long they wait for the next image and for their answer to be
 * stored. Server, database and all reviewers share this machine.
 *
 * <pre>LoadBenchmark REVIEWERS IMAGES</pre>
 */
public final class LoadBenchmark {
  /** A fast person with a good model. */
  private static final Duration THINK = Duration.ofSeconds(1);

  /** Of answers whose connection breaks. */
  private static final double FAULTS = 0.02;

  private LoadBenchmark() {}

  public static void main(String... args) throws Exception {
    int reviewers = Integer.parseInt(args[0]);
    int images = Integer.parseInt(args[1]);
    try (Studio studio = new Studio()) {
      List<Person> people = LoadTest.people(studio, "person", reviewers);
      run(studio, people, "warm-up", 500, Duration.ZERO);
      run(studio, people, "a-second-each", images, THINK);
      run(studio, people, "no-pause", images, Duration.ZERO);
    }
  }

  private static void run(
      Studio studio, List<Person> people, String campaign, int images, Duration think)
      throws Exception {
    studio.publish(Publication.of(campaign).pictures(LoadTest.pictures(campaign, images)));
    Crowd.Seen seen = new Crowd(campaign, FAULTS, think, 1).answerAll(people);
    LoadTest.assertEachAnsweredOnce(studio, campaign, images, seen);
    System.out.printf(
        "%s: %d reviewers, %d images in %.1f s, %d refusals, each image answered once%n"
            + "  next:   %s%n  answer: %s%n",
        campaign,
        people.size(),
        images,
        seen.took().toMillis() / 1e3,
        seen.refusals().size(),
        seen.next(),
        seen.put());
  }
}
