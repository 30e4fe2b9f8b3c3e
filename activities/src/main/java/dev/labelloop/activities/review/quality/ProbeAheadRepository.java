package dev.labelloop.activities.review.quality;

import dev.labelloop.campaign.CampaignSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Counts the known answers that a person is still to get, before any is drawn. */
final class ProbeAheadRepository {
  private static final String OUTLOOK =
      "select ("
          + ProbeDrawRepository.ANSWERED
          + ") as answered, array("
          + ProbeDrawRepository.PLACES
          + """
          ) as drawn,
          (select count(*) from probe p where campaign = :campaign and person = :person
            and not exists (select from probe_answer a where a.campaign = p.campaign
              and a.person = p.person and a.image_id = p.image_id)) as unanswered
          where exists (select from review_batch where campaign = :campaign and state = 'OPEN')
          """;

  /** Looks no further than it needs to. */
  private static final String KNOWN_AND_NEW =
      "select count(*) from (" + ProbeDrawRepository.CANDIDATES + " limit :most) new";

  private ProbeAheadRepository() {}

  private record Outlook(int answered, Set<Integer> drawn, int unanswered) {}

  static int ahead(Handle handle, CampaignSpec spec, String person, int waiting) {
    Map<String, Object> key = Map.of("campaign", spec.name().value(), "person", person);
    return handle
        .createQuery(OUTLOOK)
        .bindMap(key)
        .map(
            (row, context) ->
                new Outlook(
                    row.getInt("answered"),
                    Set.copyOf(Arrays.asList((Integer[]) row.getArray("drawn").getArray())),
                    row.getInt("unanswered")))
        .findOne()
        .map(
            now -> {
              int wanted = Slices.probesAhead(spec, person, now.answered, waiting, now.drawn);
              return now.unanswered + (wanted == 0 ? 0 : knownAndNew(handle, key, wanted));
            })
        .orElse(0);
  }

  private static int knownAndNew(Handle handle, Map<String, ?> key, int most) {
    return handle
        .createQuery(KNOWN_AND_NEW)
        .bindMap(key)
        .bind("most", most)
        .mapTo(Integer.class)
        .one();
  }
}
