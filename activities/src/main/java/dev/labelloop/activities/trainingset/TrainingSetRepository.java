package dev.labelloop.activities.trainingset;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.TrainingSetId;
import dev.labelloop.trainingset.TrainingSetRef;
import java.util.Optional;

/** Frozen training sets, one a round. */
public final class TrainingSetRepository {
  private static final String FIND =
      """
      select id, images, human_images, pseudo_images, boxes from training_set
      where campaign = :campaign and round = :round
      """;

  private static final String INSERT =
      """
      insert into training_set (campaign, round, id, manifest, images, human_images,
        pseudo_images, boxes, kept_out)
      values (:campaign, :round, :id, :manifest, :images, :human, :pseudo, :boxes, :keptOut)
      on conflict do nothing
      """;

  private static final String MANIFEST =
      "select manifest from training_set where campaign = :campaign and round = :round";

  private final Database database;

  public TrainingSetRepository(Database database) {
    this.database = database;
  }

  /** The round's training set, if it is frozen. */
  public Optional<TrainingSetRef> find(RoundId round) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(FIND)
                .bindMap(Ids.key(round))
                .map(
                    (row, context) ->
                        new TrainingSetRef(
                            new TrainingSetId(row.getString("id")),
                            row.getInt("images"),
                            row.getInt("human_images"),
                            row.getInt("pseudo_images"),
                            row.getInt("boxes")))
                .findOne());
  }

  /**
   * Freezes the manifest as the round's training set, or leaves the one that is frozen.
   *
   * @param keptOut labelled images that are not in it
   */
  public void insertIfAbsent(RoundId round, Manifest manifest, int keptOut) {
    long human =
        manifest.items().stream().filter(i -> i.origin() == Manifest.Origin.ANNOTATION).count();
    int boxes = manifest.items().stream().mapToInt(i -> i.boxes().size()).sum();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(INSERT)
                .bindMap(Ids.key(round))
                .bind("id", manifest.id().value())
                .bind("manifest", manifest.text())
                .bind("images", manifest.items().size())
                .bind("human", human)
                .bind("pseudo", manifest.items().size() - human)
                .bind("boxes", boxes)
                .bind("keptOut", keptOut)
                .execute());
  }

  /** The round's manifest. */
  public Manifest manifest(RoundId round) {
    return Manifest.parse(
        database.inTransaction(
            handle ->
                handle.createQuery(MANIFEST).bindMap(Ids.key(round)).mapTo(String.class).one()));
  }
}
