package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.core.CampaignName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Who may not answer a campaign's images now. */
public final class StandingRepository {
  private static final String STANDING =
      """
      select distinct on (person) person, number, paused, reason, set_by, stored_at from standing
      where campaign = :campaign and person = coalesce(:person, person)
      order by person, number desc
      """;

  /** A person's pauses come one at a time. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended(:campaign || '/' || :person, 17))";

  private static final String INSERT =
      """
      insert into standing (campaign, person, number, paused, reason, set_by)
      select :campaign, :person, coalesce(max(number), 0) + 1, :paused, :reason, :by
      from standing where campaign = :campaign and person = :person
      """;

  /** The newest word on each known answer, counted anew since the person was let in again. */
  private static final String SCORES =
      """
      select person, f1 from (
        select distinct on (person, image_id) person, f1, stored_at,
          min(stored_at) over (partition by person, image_id) as first
        from probe_answer where campaign = :campaign and person = coalesce(:person, person)
        order by person, image_id, version desc) newest
      where f1 is not null and first > coalesce((select max(stored_at) from standing s
        where s.campaign = :campaign and s.person = newest.person and not s.paused), '-infinity')
      order by person, first
      """;

  private static final RowMapper<Map.Entry<String, Standing>> STANDS =
      (row, context) ->
          Map.entry(
              row.getString("person"),
              new Standing(
                  row.getBoolean("paused"),
                  row.getTimestamp("stored_at").toInstant(),
                  row.getString("reason"),
                  row.getString("set_by")));

  private final Database database;

  public StandingRepository(Database database) {
    this.database = database;
  }

  /**
   * Whether a person is kept from answering.
   *
   * @param since when it is so
   * @param by who decided; null where the person's known answers did
   */
  public record Standing(boolean paused, Instant since, String reason, @Nullable String by) {}

  /** How a person stands; empty if nobody has ever said. */
  public Optional<Standing> of(CampaignName campaign, String person) {
    return database.inTransaction(handle -> of(handle, campaign.value(), person));
  }

  private static Optional<Standing> of(Handle handle, String campaign, String person) {
    return Optional.ofNullable(standings(handle, campaign, person).get(person));
  }

  /** How all people stand of whom somebody has ever said. */
  public Map<String, Standing> all(CampaignName campaign) {
    return database.inTransaction(handle -> standings(handle, campaign.value(), null));
  }

  private static Map<String, Standing> standings(
      Handle handle, String campaign, @Nullable String person) {
    Map<String, Standing> all = new TreeMap<>();
    handle
        .createQuery(STANDING)
        .bind("campaign", campaign)
        .bind("person", person)
        .map(STANDS)
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** F1 of each person's known answers, in order; since they were let in again, if they were. */
  public Map<String, List<Double>> scores(CampaignName campaign) {
    return database.inTransaction(handle -> scores(handle, campaign.value(), null));
  }

  private static Map<String, List<Double>> scores(
      Handle handle, String campaign, @Nullable String person) {
    Map<String, List<Double>> all = new TreeMap<>();
    handle
        .createQuery(SCORES)
        .bind("campaign", campaign)
        .bind("person", person)
        .map((row, context) -> Map.entry(row.getString("person"), row.getDouble("f1")))
        .forEach(
            entry ->
                all.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                    .add(entry.getValue()));
    return all;
  }

  /** Pauses a person whose known answers are surely below the bar. */
  static void judge(Handle handle, String campaign, String person, double bar) {
    lock(handle, campaign, person);
    if (of(handle, campaign, person).map(Standing::paused).orElse(false)) {
      return;
    }
    Bar.reason(scores(handle, campaign, person).getOrDefault(person, List.of()), bar)
        .ifPresent(reason -> insert(handle, campaign, person, true, reason, null));
  }

  /**
   * Keeps a person from answering, or lets them again; then their known answers count anew.
   *
   * @param by who decides
   * @return whether that changed anything
   */
  public boolean set(
      CampaignName campaign, String person, boolean paused, String reason, String by) {
    return database.inTransaction(
        handle -> {
          lock(handle, campaign.value(), person);
          boolean before = of(handle, campaign.value(), person).map(Standing::paused).orElse(false);
          if (before != paused) {
            insert(handle, campaign.value(), person, paused, reason, by);
          }
          return before != paused;
        });
  }

  private static void lock(Handle handle, String campaign, String person) {
    handle.createQuery(LOCK).bind("campaign", campaign).bind("person", person).mapToMap().list();
  }

  private static void insert(
      Handle handle,
      String campaign,
      String person,
      boolean paused,
      String reason,
      @Nullable String by) {
    handle
        .createUpdate(INSERT)
        .bind("campaign", campaign)
        .bind("person", person)
        .bind("paused", paused)
        .bind("reason", reason)
        .bind("by", by)
        .execute();
    AuditRepository.note(
        handle,
        by == null ? "known answers" : by,
        paused ? "person.pause" : "person.resume",
        campaign + "/" + person,
        Map.of("reason", reason));
  }
}
