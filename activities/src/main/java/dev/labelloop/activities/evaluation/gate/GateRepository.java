package dev.labelloop.activities.evaluation.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.jdbc.Ids;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.ComparisonRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What comparisons found. */
public final class GateRepository {
  /** An older build reads what a newer one has stored. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final String FIND =
      "select verdict::text from gate_verdict where campaign = :campaign and round = :round";

  private static final String ALL =
      "select round, verdict::text from gate_verdict where campaign = :campaign";

  private static final String INSERT =
      """
      insert into gate_verdict (campaign, round, champion, challenger, verdict)
      values (:campaign, :round, :champion, :challenger, :verdict::jsonb)
      on conflict do nothing
      """;

  private final Database database;

  public GateRepository(Database database) {
    this.database = database;
  }

  /** The round's verdict, if there is one. */
  public Optional<Verdict> find(RoundId round) {
    return database
        .<Optional<String>>inTransaction(
            handle ->
                handle.createQuery(FIND).bindMap(Ids.key(round)).mapTo(String.class).findOne())
        .map(GateRepository::read);
  }

  /** All verdicts of a campaign, by round. */
  public static Map<Integer, Verdict> all(Handle handle, CampaignName campaign) {
    Map<Integer, Verdict> all = new TreeMap<>();
    handle
        .createQuery(ALL)
        .bind("campaign", campaign.value())
        .map((row, context) -> Map.entry(row.getInt("round"), read(row.getString("verdict"))))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /**
   * Stores a verdict and makes the challenger champion if it says so; the first of a round stands.
   */
  public void insertIfAbsent(ComparisonRequest request, Verdict verdict) {
    database.useTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(INSERT)
                  .bindMap(Ids.key(request.round()))
                  .bind("champion", request.champion().value())
                  .bind("challenger", request.challenger().value())
                  .bind("verdict", write(verdict))
                  .execute();
          if (inserted == 1 && verdict.promoted()) {
            ChampionRepository.promote(handle, request.round(), request.challenger());
          }
        });
  }

  private static String write(Verdict verdict) {
    try {
      return JSON.writeValueAsString(verdict);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a verdict is plain data", e);
    }
  }

  private static Verdict read(String text) {
    try {
      return JSON.readValue(text, Verdict.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored verdict cannot be read: " + text, e);
    }
  }
}
