package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.core.Draws;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Reviewers who answer one campaign all at once, as the page does: each holds some images, asks for
 * more after every answer, and answers the first. Their connections are bad: answers are sent
 * again, broken off in the middle, or hung up on before the server could say that it has them; and
 * now and then an image is handed back.
 */
final class Crowd {
  /** As the page: the one that is open, and those to come. */
  private static final int HELD = 4;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String campaign;
  private final double faults;
  private final Duration think;
  private final long seed;

  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<Double> nextMillis = new ConcurrentLinkedQueue<>();
  private final Queue<Double> putMillis = new ConcurrentLinkedQueue<>();

  /**
   * @param faults share of answers whose connection is bad
   * @param think mean time to an answer; zero: none
   */
  Crowd(String campaign, double faults, Duration think, long seed) {
    this.campaign = campaign;
    this.faults = faults;
    this.think = think;
    this.seed = seed;
  }

  /** An answer that the server has said is stored. */
  record Acknowledged(String key, UUID submission, String reviewer, int version) {}

  /** What the crowd saw. */
  record Seen(
      List<Acknowledged> acknowledged,
      List<String> refusals,
      Percentiles next,
      Percentiles put,
      Duration took) {}

  /** Lets all of them answer until nothing is left. */
  Seen answerAll(List<Person> people) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(people.size());
    long start = System.nanoTime();
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < people.size(); i++) {
        Reviewer reviewer = new Reviewer(people.get(i), Draws.of(seed, "reviewer", i));
        work.add(
            () -> {
              reviewer.run();
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a reviewer gave up", e);
    } finally {
      threads.shutdownNow();
    }
    return new Seen(
        List.copyOf(acknowledged),
        List.copyOf(refusals),
        Percentiles.of(nextMillis),
        Percentiles.of(putMillis),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private final class Reviewer {
    private final Person person;
    private final RandomGenerator random;
    private final Deque<JsonNode> hand = new ArrayDeque<>();

    Reviewer(Person person, RandomGenerator random) {
      this.person = person;
      this.random = random;
    }

    void run() throws InterruptedException {
      int left = 1;
      while (left > 0 || !hand.isEmpty()) {
        left = more();
        if (hand.isEmpty()) {
          Thread.sleep(100); // what others hold may come back
        } else {
          pause();
          answerOrHandBack(hand.removeFirst());
        }
      }
    }

    /** Fills the hand; returns how many images wait for anybody. */
    private int more() {
      long start = System.nanoTime();
      JsonNode next =
          person
              .post(
                  "/api/review/next",
                  Map.of(
                      "campaign",
                      campaign,
                      "holds",
                      hand.stream().map(view -> view.get("key").asText()).toList(),
                      "count",
                      Math.max(1, HELD - hand.size())))
              .ok();
      nextMillis.add((double) (System.nanoTime() - start) / NANOS_PER_MILLI);
      next.get("images").forEach(hand::addLast);
      return next.get("left").asInt();
    }

    private void pause() throws InterruptedException {
      if (!think.isZero()) { // exponential: most are quick, some take long
        Thread.sleep(Math.round(-think.toMillis() * Math.log(1 - random.nextDouble())));
      }
    }

    private void answerOrHandBack(JsonNode view) {
      String key = view.get("key").asText();
      if (random.nextDouble() < faults / 4) {
        person.delete("/api/review/" + key + "/lease").ok();
        return;
      }
      int version = view.get("version").asInt();
      UUID submission = new UUID(random.nextLong(), random.nextLong());
      Map<String, Object> answer = accepted(view, submission);
      boolean bad = random.nextDouble() < faults;
      if (bad) {
        person.putAndHangUp(key, version, answer, random.nextBoolean() ? 1 : random.nextDouble());
      }
      put(key, version, submission, answer);
      if (bad) {
        put(key, version, submission, answer);
      }
    }

    private void put(String key, int version, UUID submission, Map<String, Object> answer) {
      long start = System.nanoTime();
      Person.Said said = person.put(key, version, answer);
      putMillis.add((double) (System.nanoTime() - start) / NANOS_PER_MILLI);
      if (said.status() == 200) {
        acknowledged.add(
            new Acknowledged(key, submission, person.name, said.body().get("version").asInt()));
      } else {
        refusals.add(person.name + " " + key + ": " + said);
      }
    }

    private Map<String, Object> accepted(JsonNode view, UUID submission) {
      List<Map<String, Object>> boxes = new ArrayList<>();
      for (JsonNode proposal : view.get("proposals")) {
        boxes.add(
            Map.of(
                "x", proposal.get("x").asDouble(),
                "y", proposal.get("y").asDouble(),
                "width", proposal.get("width").asDouble(),
                "height", proposal.get("height").asDouble(),
                "class", proposal.get("class").asText()));
      }
      return Map.of(
          "submissionId", submission, "outcome", "ACCEPTED", "boxes", boxes, "seconds", 1.0);
    }
  }
}
