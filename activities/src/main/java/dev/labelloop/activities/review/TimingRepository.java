package dev.labelloop.activities.review;

import dev.labelloop.activities.jdbc.CopyRows;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.activities.review.Settlement.Said;
import dev.labelloop.core.RoundId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How long answers took, and what was done meanwhile. */
final class TimingRepository {
  private static final String INSERT =
      """
      insert into review_timing (campaign, round, image_id, seat, version, opened_at,
        first_action_ms, active_ms, idle_ms, pass_ms, verdicts, hasty)
      values (:campaign, :round, :image, :seat, :version, :opened, :first, :active, :idle, :pass,
        :verdicts, :hasty)
      """;

  private static final String EVENTS =
      "review_event (campaign, round, image_id, seat, version, place, at_ms, kind, box)";

  private TimingRepository() {}

  /** Stores it within the transaction that stores the answer. */
  static void insert(Handle handle, RoundId round, Said said, Timing timing) {
    long worked = timing.workedMs();
    handle
        .createUpdate(INSERT)
        .bindMap(SeatRepository.key(round, said.answer().image()))
        .bind("seat", said.seat())
        .bind("version", said.version())
        .bind("opened", timing.openedAt())
        .bind("first", timing.firstActionMs())
        .bind("active", worked)
        .bind("idle", timing.activeMs() + timing.idleMs() - worked)
        .bind("pass", Math.min(timing.passMs(), worked))
        .bind("verdicts", timing.verdicts())
        .bind("hasty", timing.hasty())
        .execute();
    if (!timing.events().isEmpty()) {
      Database.copy(handle, EVENTS, rows -> rows(rows, round, said, timing.events()));
    }
  }

  private static void rows(CopyRows rows, RoundId round, Said said, List<Timing.Event> events) {
    for (int place = 0; place < events.size(); place++) {
      Timing.Event event = events.get(place);
      rows.row(
          CopyRows.text(round.campaign().value()),
          CopyRows.int4(round.number()),
          CopyRows.bytes(Ids.bytes(said.answer().image())),
          CopyRows.int4(said.seat()),
          CopyRows.int4(said.version()),
          CopyRows.int4(place),
          CopyRows.int8(event.atMs()),
          CopyRows.text(event.kind().name()),
          event.box() == null ? CopyRows.none() : CopyRows.int4(event.box()));
    }
  }
}
