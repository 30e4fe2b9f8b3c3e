package dev.labelloop.activities.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.TrainingRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final ModelId OTHER = new ModelId(Sha256.hex("other".getBytes(UTF_8)));
  private static final TrainingSetId SET = new TrainingSetId(Sha256.hex("set".getBytes(UTF_8)));

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void keepsTheFirstInitialModel() {
    RoundId round = round("initial");
    assertThat(stores.models.initial(round.campaign())).isEmpty();

    InitialModelResult first = new InitialModelResult(Stores.MODEL, 2);
    stores.models.insertInitial(round.campaign(), first, "{}");
    stores.models.insertInitial(round.campaign(), new InitialModelResult(OTHER, 0), "{}");

    assertThat(stores.models.initial(round.campaign())).contains(first);
  }

  @Test
  void onlyTheNewestAttemptStoresTheChallenger() {
    RoundId round = round("fenced");
    int first = stores.models.beginAttempt(round);
    int second = stores.models.beginAttempt(round);
    assertThat(second).isEqualTo(first + 1);

    assertThat(stores.models.insertChallenger(request(round), first, OTHER, "{}")).isFalse();
    assertThat(stores.models.challenger(round)).isEmpty();

    assertThat(stores.models.insertChallenger(request(round), second, Stores.MODEL, "{}")).isTrue();
    assertThat(stores.models.challenger(round)).contains(Stores.MODEL);
  }

  @Test
  void aStoredChallengerStays() {
    RoundId round = round("stays");
    int first = stores.models.beginAttempt(round);
    stores.models.insertChallenger(request(round), first, Stores.MODEL, "{}");
    int second = stores.models.beginAttempt(round);
    var before = POSTGRES.rows();

    assertThat(stores.models.insertChallenger(request(round), second, OTHER, "{}")).isTrue();

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(stores.models.challenger(round)).contains(Stores.MODEL);
  }

  private RoundId round(String campaign) {
    return stores.campaign(Specs.of(campaign).build(), List.of("a"), List.of());
  }

  private static TrainingRequest request(RoundId round) {
    return new TrainingRequest(round, Stores.MODEL, SET);
  }
}
