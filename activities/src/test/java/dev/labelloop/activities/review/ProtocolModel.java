package dev.labelloop.activities.review;

import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.AnswerRepository.Verdict;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The protocol as it is meant, in plain collections and one thread. Answers agree if they are
 * equal: tests say only things that are equal or have nothing in common.
 */
final class ProtocolModel {
  final int overlap;
  final int batchSize;
  final List<Spot> spots = new ArrayList<>();
  final Set<Integer> closed = new HashSet<>();
  final Map<UUID, Known> submissions = new HashMap<>();

  ProtocolModel(int overlap, int batchSize, List<ImageId> images) {
    this.overlap = overlap;
    this.batchSize = batchSize;
    images.forEach(image -> spots.add(new Spot(image, spots.size())));
  }

  record Known(Spot spot, int seat, int version) {}

  record Said(Answer answer, int version) {}

  /** A person at an image. */
  static final class Chair {
    String person;
    @Nullable Instant until;
    boolean answered;
    boolean returned;

    Chair(String person) {
      this.person = person;
    }

    boolean isTaken(Instant now) {
      return answered || returned || (until != null && until.isAfter(now));
    }
  }

  /** An image, its chairs, and what was said in each. */
  final class Spot {
    final ImageId image;
    final int place;
    final Map<Integer, Chair> chairs = new TreeMap<>();
    final Map<Integer, List<Said>> said = new TreeMap<>();
    @Nullable Answer settled;

    Spot(ImageId image, int place) {
      this.image = image;
      this.place = place;
    }

    int batch() {
      return place / batchSize;
    }

    boolean isOpen() {
      return !closed.contains(batch());
    }

    Optional<Map.Entry<Integer, Chair>> chairOf(String person) {
      return chairs.entrySet().stream().filter(c -> c.getValue().person.equals(person)).findFirst();
    }

    Optional<Integer> free(Instant now) {
      for (int n = 0; n < overlap; n++) {
        if (!chairs.containsKey(n) || !chairs.get(n).isTaken(now)) {
          return Optional.of(n);
        }
      }
      return Optional.empty();
    }

    boolean wasAnsweredBy(String person) {
      return said.values().stream()
          .flatMap(List::stream)
          .anyMatch(one -> one.answer.reviewer().equals(person));
    }

    int version(int seat) {
      return said.getOrDefault(seat, List.of()).size();
    }

    Optional<Integer> seatFor(String person, Instant now) {
      if (overlap == 1) {
        Chair chair = chairs.get(0);
        boolean others = chair != null && !chair.answered && !chair.person.equals(person);
        return others && chair.isTaken(now) ? Optional.empty() : Optional.of(0);
      }
      return chairOf(person).map(Map.Entry::getKey).or(() -> free(now));
    }

    Answer newest(int seat) {
      List<Said> all = said.get(seat);
      return all.get(all.size() - 1).answer;
    }

    void say(int seat, Answer answer) {
      said.computeIfAbsent(seat, n -> new ArrayList<>()).add(new Said(answer, version(seat) + 1));
      submissions.put(answer.submissionId(), new Known(this, seat, version(seat)));
      if (seat >= 0) {
        Chair chair = new Chair(answer.reviewer());
        chair.answered = true;
        chairs.put(seat, chair);
      }
    }

    void settle(boolean decided, Answer answer) {
      if (overlap == 1 || decided) {
        settled = answer;
      } else if (!said.containsKey(Seat.DECISION)) {
        List<Answer> all =
            chairs.entrySet().stream()
                .filter(c -> c.getValue().answered)
                .map(c -> newest(c.getKey()))
                .toList();
        boolean agreed =
            all.size() == overlap
                && all.stream()
                    .allMatch(
                        one ->
                            one.outcome().equals(all.get(0).outcome())
                                && one.boxes().equals(all.get(0).boxes()));
        settled = agreed ? all.get(0) : null;
      }
    }
  }

  Spot spot(ImageId image) {
    return spots.stream().filter(s -> s.image.equals(image)).findFirst().orElseThrow();
  }

  /** Images in their order; each with its seat. */
  List<Map.Entry<ImageId, Integer>> next(
      String person, List<ImageId> holds, int count, Instant now) {
    List<Map.Entry<ImageId, Integer>> leased = new ArrayList<>();
    waiting(holds)
        .filter(s -> s.chairOf(person).filter(c -> !c.getValue().answered).isPresent())
        .sorted(
            Comparator.comparing((Spot s) -> !s.chairOf(person).orElseThrow().getValue().returned)
                .thenComparing(s -> s.place))
        .limit(count)
        .toList()
        .forEach(
            s -> {
              var chair = s.chairOf(person).orElseThrow();
              chair.getValue().until = now.plus(LeaseRepository.TERM);
              leased.add(Map.entry(s.image, chair.getKey()));
            });
    waiting(holds)
        .filter(s -> s.chairOf(person).isEmpty() && !s.wasAnsweredBy(person))
        .filter(s -> s.free(now).isPresent())
        .limit(count - leased.size())
        .toList()
        .forEach(
            s -> {
              int seat = s.free(now).orElseThrow();
              Chair chair = new Chair(person);
              chair.until = now.plus(LeaseRepository.TERM);
              s.chairs.put(seat, chair);
              leased.add(Map.entry(s.image, seat));
            });
    return leased;
  }

  private Stream<Spot> waiting(List<ImageId> holds) {
    return spots.stream().filter(s -> s.isOpen() && s.settled == null && !holds.contains(s.image));
  }

  Put put(Answer answer, int expected, Instant now) {
    Spot spot = spot(answer.image());
    Known known = submissions.get(answer.submissionId());
    if (known != null) {
      return known.spot == spot
          ? new Put(Verdict.REPEATED, known.version)
          : new Put(Verdict.REUSED, 0);
    }
    Optional<Integer> seat = spot.seatFor(answer.reviewer(), now);
    int version = seat.map(spot::version).orElse(0);
    if (!spot.isOpen()) {
      return new Put(Verdict.CLOSED, version);
    }
    if (seat.isEmpty()) {
      return new Put(Verdict.TAKEN, 0);
    }
    if (expected != version) {
      return new Put(Verdict.CONFLICT, version);
    }
    spot.say(seat.get(), answer);
    spot.settle(false, answer);
    return new Put(Verdict.STORED, version + 1);
  }

  Put decide(Answer answer) {
    Spot spot = spot(answer.image());
    int seat = overlap == 1 ? 0 : Seat.DECISION;
    if (!spot.isOpen()) {
      return new Put(Verdict.CLOSED, spot.version(seat));
    }
    spot.say(seat, answer);
    spot.settle(true, answer);
    return new Put(Verdict.STORED, spot.version(seat));
  }

  boolean beat(ImageId image, String person, Instant now) {
    Spot spot = spot(image);
    Optional<Chair> chair =
        spot.chairOf(person).map(Map.Entry::getValue).filter(c -> !c.answered && c.until != null);
    if (!spot.isOpen() || chair.isEmpty()) {
      return false;
    }
    chair.get().until = now.plus(LeaseRepository.TERM);
    return true;
  }

  void release(ImageId image, String person) {
    Spot spot = spot(image);
    spot.chairOf(person)
        .filter(c -> !c.getValue().answered)
        .ifPresent(
            c -> {
              if (c.getValue().returned) {
                c.getValue().until = null;
              } else {
                spot.chairs.remove(c.getKey());
              }
            });
  }

  boolean giveBack(ImageId image, String person) {
    Spot spot = spot(image);
    Optional<Chair> chair = spot.chairOf(person).map(Map.Entry::getValue).filter(c -> c.answered);
    if (!spot.isOpen() || spot.said.containsKey(Seat.DECISION) || chair.isEmpty()) {
      return false;
    }
    chair.get().answered = false;
    chair.get().returned = true;
    spot.settled = null;
    return true;
  }

  int reassign(int batch, String from) {
    int freed = 0;
    for (Spot spot : spots) {
      if (spot.batch() == batch
          && spot.chairs.values().removeIf(c -> c.person.equals(from) && !c.answered)) {
        freed++;
      }
    }
    return freed;
  }

  /** The first of the seats that does not skip, if any: answers have nothing in common. */
  void close(int batch) {
    if (closed.add(batch)) {
      for (Spot spot : spots) {
        if (spot.batch() == batch) {
          if (spot.settled == null && !spot.said.isEmpty()) {
            spot.settled = best(spot);
          }
          spot.chairs.values().removeIf(c -> !c.answered);
        }
      }
    }
  }

  /** Said most often of what is no skipping; of equals, in the lowest seat. */
  private static Answer best(Spot spot) {
    List<Answer> all = spot.said.keySet().stream().map(spot::newest).toList();
    List<Answer> answers = all.stream().filter(a -> a.outcome() != ReviewOutcome.SKIPPED).toList();
    return answers.stream()
        .max(
            Comparator.comparing(
                (Answer a) -> answers.stream().filter(b -> b.boxes().equals(a.boxes())).count()))
        .map(
            most ->
                answers.stream()
                    .filter(a -> count(answers, a) == count(answers, most))
                    .findFirst()
                    .orElseThrow())
        .orElse(all.get(0));
  }

  private static long count(List<Answer> answers, Answer answer) {
    return answers.stream().filter(b -> b.boxes().equals(answer.boxes())).count();
  }

  long left() {
    return spots.stream()
        .filter(s -> s.isOpen() && s.settled == null)
        .filter(s -> s.chairs.values().stream().filter(c -> c.answered).count() < overlap)
        .count();
  }

  boolean isSettled(int batch) {
    return spots.stream().filter(s -> s.batch() == batch).allMatch(s -> s.settled != null);
  }

  Map<ImageId, List<LabelledBox>> labels() {
    Map<ImageId, List<LabelledBox>> labels = new TreeMap<>();
    for (Spot spot : spots) {
      if (spot.settled != null && spot.settled.outcome() != ReviewOutcome.SKIPPED) {
        labels.put(spot.image, spot.settled.boxes());
      }
    }
    return labels;
  }
}
