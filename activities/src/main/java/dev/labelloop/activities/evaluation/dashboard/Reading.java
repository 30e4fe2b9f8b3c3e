package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.evaluation.gate.IntervalRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.review.WaitingRepository;

/** What a dashboard reads by, beside what the stages themselves read by. */
public record Reading(
    GalleryRepository gallery,
    ImageHistoryRepository histories,
    ClassCountRepository classes,
    LineageRepository lineage,
    PseudoLabelRepository pseudoLabels,
    ThroughputRepository throughput,
    WaitingRepository waiting,
    IntervalRepository intervals) {
  /** All over one database. */
  public static Reading of(Database database) {
    return new Reading(
        new GalleryRepository(database),
        new ImageHistoryRepository(database),
        new ClassCountRepository(database),
        new LineageRepository(database),
        new PseudoLabelRepository(database),
        new ThroughputRepository(database),
        new WaitingRepository(database),
        new IntervalRepository(database));
  }
}
