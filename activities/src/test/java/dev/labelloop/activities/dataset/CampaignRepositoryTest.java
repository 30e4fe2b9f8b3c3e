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
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void saysThatACampaignIsNotThere() {
    assertThat(campaigns.find(new CampaignName("nobody"))).isEmpty();
    assertThatThrownBy(() -> campaigns.spec(new CampaignName("nobody")))
        .hasMessage("there is no campaign 'nobody' here");
  }
}
