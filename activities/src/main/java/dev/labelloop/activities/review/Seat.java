package dev.labelloop.activities.review;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A person at an image.
 *
 * @param number from 0, below the campaign's overlap
 * @param answered whether the person is done
 * @param lease what the person holds while looking; null once answered
 * @param returned who sent the person's answer back; null if nobody did, or it is answered since
 */
public record Seat(
    int number,
    String person,
    boolean answered,
    @Nullable Lease lease,
    @Nullable Returned returned) {
  /** Of a decision over all seats. */
  public static final int DECISION = -1;

  /** The right to answer, until it runs out and somebody else takes the seat. */
  public record Lease(UUID id, Instant until) {}

  /** Somebody else did not accept an answer. */
  public record Returned(String by, @Nullable String comment) {}

  /** Whether nobody else may sit here now. */
  boolean isTaken(Instant now) {
    return answered || returned != null || (lease != null && lease.until.isAfter(now));
  }

  /**
   * The seat in which a person's answer belongs; empty if others have them all.
   *
   * <p>The only seat of an image is everybody's once it is answered: the newest answer stands, and
   * versions keep people from overwriting each other unseen. Of several, each is one person's.
   *
   * @param seats of the image, by number
   * @param overlap how many there may be
   * @param caller who sends it; may hold the lease in place of the reviewer
   */
  static Optional<Integer> of(
      String reviewer, String caller, List<Seat> seats, int overlap, Instant now) {
    if (overlap == 1) {
      boolean free =
          seats.stream()
              .allMatch(
                  seat ->
                      seat.answered
                          || !seat.isTaken(now)
                          || seat.person.equals(reviewer)
                          || seat.person.equals(caller));
      return free ? Optional.of(0) : Optional.empty();
    }
    return seats.stream()
        .filter(seat -> seat.person.equals(reviewer))
        .findFirst()
        .or(
            () ->
                seats.stream()
                    .filter(seat -> !seat.answered && seat.person.equals(caller))
                    .findFirst())
        .map(Seat::number)
        .or(() -> free(seats, overlap, now));
  }

  private static Optional<Integer> free(List<Seat> seats, int overlap, Instant now) {
    return IntStream.range(0, overlap)
        .filter(n -> seats.stream().noneMatch(seat -> seat.number == n && seat.isTaken(now)))
        .boxed()
        .findFirst();
  }
}
