package dev.labelloop.activities.dataset;

import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Campaigns, their specifications and what was amended of them. */
public final class CampaignRepository {
  private static final String INSERT =
      """
      insert into campaign (name, spec, spec_hash) values (:name, :spec::jsonb, :hash)
      on conflict (name) do nothing
      """;

  private static final String INSERT_CLASS =
      """
      insert into class (campaign, class_index, name) values (:campaign, :index, :name)
      """;

  /** In this order, for the later ones are referred to. */
  private static final List<String> OF_PREPARATION =
      List.of(
          "amendment",
          "review_seat",
          "review_image",
          "review_batch",
          "selection",
          "quarantine",
          "duplicate_file",
          "near_duplicate",
          "annotation",
          "image",
          "dataset",
          "class");

  private static final String UNPREPARED =
      """
      select count(*) from campaign c where name = :campaign
        and not exists (select from initial_model where campaign = c.name)
        and not exists (select from review_answer where campaign = c.name)
      """;

  private static final String SPEC = "select spec::text from campaign where name = :name";

  /** One at a time, so that numbers have no gap and no double. */
  private static final String LOCK = "select from campaign where name = :name for update";

  private static final String AMEND =
      """
      insert into amendment (campaign, number, request, what)
      select :campaign, count(*) + 1, :request, :what::jsonb from amendment
      where campaign = :campaign
      on conflict (campaign, request) do nothing
      """;

  private static final String AMENDMENTS =
      "select what::text from amendment where campaign = :campaign order by number";

  private static final String NAMES = "select name from campaign order by created_at, name";

  private final Database database;

  public CampaignRepository(Database database) {
    this.database = database;
  }

  /**
   * Stores a campaign, or finds it stored with the same specification.
   *
   * @throws ChangedSpecException if it is stored with another one
   */
  public void create(CampaignSpec spec) {
    database.useTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(INSERT)
                  .bind("name", spec.name().value())
                  .bind("spec", SpecJson.write(spec))
                  .bind("hash", SpecJson.hash(spec))
                  .execute();
          if (inserted == 1) {
            insertClasses(handle, spec);
          }
        });
    String text = text(spec.name()).orElseThrow();
    CampaignSpec stored = SpecJson.read(text);
    SpecJson.firstDifference(text, spec)
        .ifPresent(
            key -> {
              throw new ChangedSpecException(
                  "campaign '"
                      + spec.name()
                      + "' is stored with "
                      + key
                      + " = "
                      + SpecJson.value(stored, key)
                      + ", the specification now says "
                      + SpecJson.value(spec, key)
                      + ": take the change back, or give the campaign another name");
            });
  }

  /**
   * Takes a campaign away that never got through its preparation, so that it can be begun with a
   * mended specification. Where there is a model or an answer of a person, it stays.
   *
   * @return whether it is gone
   */
  public boolean removeUnprepared(CampaignName name) {
    return database.inTransaction(
        handle -> {
          boolean unprepared =
              handle
                      .createQuery(UNPREPARED)
                      .bind("campaign", name.value())
                      .mapTo(Integer.class)
                      .one()
                  == 1;
          if (unprepared) {
            for (String table : OF_PREPARATION) {
              handle
                  .createUpdate("delete from " + table + " where campaign = :campaign")
                  .bind("campaign", name.value())
                  .execute();
            }
            handle
                .createUpdate("delete from campaign where name = :campaign")
                .bind("campaign", name.value())
                .execute();
          }
          return unprepared;
        });
  }

  private static void insertClasses(Handle handle, CampaignSpec spec) {
    for (int i = 0; i < spec.classes().size(); i++) {
      handle
          .createUpdate(INSERT_CLASS)
          .bind("campaign", spec.name().value())
          .bind("index", i)
          .bind("name", spec.classes().get(i))
          .execute();
    }
  }

  /** The specification, if the campaign is stored. */
  public Optional<CampaignSpec> find(CampaignName name) {
    return text(name).map(SpecJson::read);
  }

  private Optional<String> text(CampaignName name) {
    return database.inTransaction(
        handle ->
            handle.createQuery(SPEC).bind("name", name.value()).mapTo(String.class).findOne());
  }

  /** The specification of a campaign that is stored. */
  public CampaignSpec spec(CampaignName name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("there is no campaign '" + name + "' here"));
  }

  /** Stores an amendment, once for each request. */
  public void amend(AmendmentRequest request) {
    database.useTransaction(
        handle -> {
          handle.createQuery(LOCK).bind("name", request.campaign().value()).mapToMap().list();
          handle
              .createUpdate(AMEND)
              .bind("campaign", request.campaign().value())
              .bind("request", request.id())
              .bind("what", SpecJson.write(request.amendment()))
              .execute();
        });
  }

  /** All amendments of a campaign in one, as they are in force. */
  public Amendment amended(CampaignName name) {
    return database
        .<List<String>>inTransaction(
            handle ->
                handle
                    .createQuery(AMENDMENTS)
                    .bind("campaign", name.value())
                    .mapTo(String.class)
                    .list())
        .stream()
        .map(SpecJson::readAmendment)
        .reduce(Amendment.NONE, Amendment::then);
  }

  /** Names of all campaigns, the oldest first. */
  public List<CampaignName> names() {
    return database
        .<List<String>>inTransaction(handle -> handle.createQuery(NAMES).mapTo(String.class).list())
        .stream()
        .map(CampaignName::new)
        .toList();
  }
}
