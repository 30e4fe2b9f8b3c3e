package dev.labelloop.activities.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.selection.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CampaignRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final CampaignRepository campaigns = new CampaignRepository(POSTGRES.database());

  @Test
  void givesBackTheWholeSpecification() {
    CampaignSpec spec = Specs.of("whole").budget(0.1, 1e-7).training(3, 4, 1e-3).build();
    campaigns.create(spec);

    assertThat(campaigns.spec(new CampaignName("whole"))).isEqualTo(spec);
  }

  @Test
  void findsACampaignOfTheSameSpecification() {
    campaigns.create(Specs.of("same").build());
    var before = POSTGRES.rows();

    campaigns.create(Specs.of("same").build());

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(campaigns.names()).contains(new CampaignName("same"));
  }

  @Test
  void namesTheKeyThatChanged() {
    campaigns.create(Specs.of("changed").training(1, 2, 1e-3).build());
    CampaignSpec changed = Specs.of("changed").training(9, 2, 1e-3).build();

    assertThatThrownBy(() -> campaigns.create(changed))
        .isInstanceOf(ChangedSpecException.class)
        .hasMessage(
            "campaign 'changed' is stored with training.epochs = 1, the specification now says 9:"
                + " take the change back, or give the campaign another name");
  }

  @Test
  void storesNothingOfARefusedSpecification() {
    campaigns.create(Specs.of("refused").classes("car").build());
    var before = POSTGRES.rows();
    CampaignSpec longer = Specs.of("refused").classes("car", "bus").build();

    assertThatThrownBy(() -> campaigns.create(longer)).hasMessageContaining("classes");

    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void forgetsACampaignThatNeverGotThroughItsPreparation() {
    Stores stores = new Stores(POSTGRES.database());
    var before = POSTGRES.rows();
    stores.campaign(
        Specs.of("unprepared").build(),
        List.of("a"),
        List.of("h"),
        Map.of("h", List.of(Stores.box(0, 0))));
    stores.images.quarantine(new CampaignName("unprepared"), "b.jpg", "damaged");
    amend("unprepared", "one", new Amendment(0.05, null, null, null));

    assertThat(campaigns.removeUnprepared(new CampaignName("unprepared"))).isTrue();

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(campaigns.removeUnprepared(new CampaignName("unprepared"))).isFalse();
  }

  @Test
  void keepsACampaignWithAModelOrWithAnAnswer() {
    Stores stores = new Stores(POSTGRES.database());
    RoundId modelled = stores.campaign(Specs.of("modelled").build(), List.of("a"), List.of());
    stores.models.insertInitial(modelled.campaign(), new InitialModelResult(Stores.MODEL, 2), "{}");
    RoundId answered = stores.campaign(Specs.of("answered").build(), List.of("a"), List.of());
    stores.ask(answered, Purpose.HOLDOUT, 50, "a");
    stores.answers.put(answered, Answers.corrected(Stores.image("a")), Optional.empty());
    var before = POSTGRES.rows();

    assertThat(campaigns.removeUnprepared(modelled.campaign())).isFalse();
    assertThat(campaigns.removeUnprepared(answered.campaign())).isFalse();
    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void theNewestWordOfAnAmendmentStands() {
    campaigns.create(Specs.of("amended").build());
    CampaignName name = new CampaignName("amended");
    assertThat(campaigns.amended(name)).isEqualTo(Amendment.NONE);

    amend("amended", "one", new Amendment(0.05, Duration.ofDays(1), null, null));
    amend("amended", "two", new Amendment(0.2, null, 0.6, null));

    assertThat(campaigns.amended(name))
        .isEqualTo(new Amendment(0.2, Duration.ofDays(1), 0.6, null));
  }

  @Test
  void storesARequestOnce() {
    campaigns.create(Specs.of("repeated").build());
    amend("repeated", "one", new Amendment(0.05, null, null, null));
    amend("repeated", "two", new Amendment(0.2, null, null, null));
    var before = POSTGRES.rows();

    amend("repeated", "one", new Amendment(0.05, null, null, null)); // an attempt that came late

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(campaigns.amended(new CampaignName("repeated")).budget()).isEqualTo(0.2);
  }

  @Test
  void givesEveryAmendmentANumberOfItsOwn() {
    campaigns.create(Specs.of("crowded").build());

    IntStream.range(0, 16)
        .parallel()
        .forEach(i -> amend("crowded", "r" + i, new Amendment(null, null, null, i + 1)));

    assertThat(POSTGRES.rows().stream().filter(row -> row.startsWith("amendment (crowded,")))
        .extracting(row -> Integer.parseInt(row.replaceFirst("[^,]*,(\\d+),.*", "$1")))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
  }

  @Test
  void anAmendedCampaignStillGoesOnFromItsOwnSpecification() {
    CampaignSpec spec = Specs.of("original").budget(0.1, 0.2).build();
    campaigns.create(spec);
    amend("original", "one", new Amendment(0.05, null, null, 2));

    campaigns.create(spec);

    assertThat(campaigns.spec(spec.name())).isEqualTo(spec);
    assertThatThrownBy(() -> campaigns.create(Specs.of("original").budget(0.05, 0.2).build()))
        .isInstanceOf(ChangedSpecException.class)
        .hasMessageContaining("selection.budget = 0.1");
  }

  private void amend(String campaign, String request, Amendment amendment) {
    campaigns.amend(new AmendmentRequest(new CampaignName(campaign), request, amendment));
  }

  @Test
  void saysThatACampaignIsNotThere() {
    assertThat(campaigns.find(new CampaignName("nobody"))).isEmpty();
    assertThatThrownBy(() -> campaigns.spec(new CampaignName("nobody")))
        .hasMessage("there is no campaign 'nobody' here");
  }
}
