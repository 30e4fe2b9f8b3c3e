package dev.labelloop.activities.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.Specs;
import dev.labelloop.campaign.CampaignSpec;
import org.junit.jupiter.api.Test;

class SpecJsonTest {
  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aSpecificationFromBeforeThereWereRemindersIsStillTheSame() throws Exception {
    CampaignSpec spec = Specs.of("old").build();
    ObjectNode old = (ObjectNode) json.readTree(SpecJson.write(spec));
    ((ObjectNode) old.get("review")).remove("reminders");

    CampaignSpec read = SpecJson.read(old.toString());

    assertThat(read).isEqualTo(spec);
    assertThat(SpecJson.firstDifference(old.toString(), spec)).isEmpty();
    assertThat(read.loopSettings()).isEqualTo(spec.loopSettings());
  }

  @Test
  void aSpecificationFromBeforeThereWereRechecksHasNone() throws Exception {
    CampaignSpec spec = Specs.of("old").build();
    ObjectNode old = (ObjectNode) json.readTree(SpecJson.write(spec));
    ((ObjectNode) old.get("selection")).remove("recheck");

    assertThat(SpecJson.read(old.toString()).selection().recheck()).isZero();
    assertThat(SpecJson.firstDifference(old.toString(), spec)).as("left at its default").isEmpty();
    assertThat(SpecJson.firstDifference(old.toString(), Specs.of("old").recheck(0.2).build()))
        .contains("selection.recheck");
  }
}
