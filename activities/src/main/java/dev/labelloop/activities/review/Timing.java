package dev.labelloop.activities.review;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a person looked at an image, as a page measures it. All times are milliseconds.
 *
 * @param openedAt by the page's clock
 * @param firstActionMs from opening to the first thing done; null if nothing was
 * @param activeMs from opening to answering, without idle gaps
 * @param idleMs gaps of more than {@value #IDLE_GAP_MS} in which nothing was done
 * @param passMs of the active time, spent looking for objects without a box
 * @param events what was done, in order
 */
public record Timing(
    Instant openedAt,
    @Nullable Long firstActionMs,
    long activeMs,
    long idleMs,
    long passMs,
    List<Event> events) {
  /** Nobody looks at one image for so long without a key or a movement. */
  public static final long IDLE_GAP_MS = 30_000;

  /** Faster than a person can see a box and decide: about a simple reaction time. */
  public static final long HASTY_MS = 300;

  public Timing {
    events = List.copyOf(events);
  }

  /** What may happen before an image. */
  public enum Kind {
    ACCEPT(true),
    REJECT(true),
    RELABEL(true),
    MOVE(false),
    DRAW(false),
    DELETE(false),
    ACCEPT_REST(true),
    NO_OBJECTS(true),
    UNDO(false),
    REDO(false),
    ZOOM(false),
    /** A box came on screen: the page's doing, not the person's. */
    SEEN(false),
    /** A verdict on a single box that was asked about. */
    QUERY(true);

    private final boolean verdict;

    Kind(boolean verdict) {
      this.verdict = verdict;
    }

    /** Whether a person decides something by it with one key. */
    public boolean isVerdict() {
      return verdict;
    }
  }

  /**
   * Something that happened.
   *
   * @param atMs since the image was opened
   * @param box place among the boxes; null where it is of none
   */
  public record Event(long atMs, Kind kind, @Nullable Integer box) {}

  /**
   * The active time, by the page's word or by the events, whichever is less: a gap between events,
   * or from the last of them to the answer, does not count if it is longer than {@value
   * #IDLE_GAP_MS}. Without events there is only the page's word.
   */
  public long workedMs() {
    return events.isEmpty() ? activeMs : Math.min(activeMs, activeMs + idleMs - gapsMs());
  }

  private long gapsMs() {
    long gaps = 0;
    long before = 0;
    for (Event event : events) {
      gaps += idle(event.atMs - before);
      before = event.atMs;
    }
    return gaps + idle(activeMs + idleMs - before);
  }

  private static long idle(long gap) {
    return gap > IDLE_GAP_MS ? gap : 0;
  }

  /** How many verdicts there are. */
  public int verdicts() {
    return (int) events.stream().filter(event -> event.kind.isVerdict()).count();
  }

  /** Verdicts less than {@value #HASTY_MS} after what the person did before, or after opening. */
  public int hasty() {
    int hasty = 0;
    long before = 0;
    for (Event event : events) {
      hasty += event.kind.isVerdict() && event.atMs - before < HASTY_MS ? 1 : 0;
      before = event.kind == Kind.SEEN ? before : event.atMs;
    }
    return hasty;
  }
}
