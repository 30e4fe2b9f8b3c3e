package dev.labelloop.activities.label;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.CampaignReport.Doubted;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.label.quality.RoundAudit;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.activities.review.BoxQueries;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.selection.SelectionActivitiesImpl;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import dev.labelloop.selection.SelectionRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A wrong label from the answer to its mend. Every round's model finds one car in each image, 0.9
 * sure; people label twenty images and call one of the cars a bus.
 */
class RecheckTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final int CAR = 0;
  private static final int BUS = 1;
  private static final List<String> LABELLED = names("l", 20);
  private static final List<String> REST = names("p", 10);
  private static final LabelledBox WRONG = box(0, BUS);

  private final Stores stores = new Stores(POSTGRES.database());
  private final LabelActivitiesImpl acceptance =
      new LabelActivitiesImpl(
          stores.campaigns,
          stores.predictions,
          stores.batches,
          stores.labels,
          new RoundAudit(stores.suspicions));
  private final SelectionActivitiesImpl selection =
      new SelectionActivitiesImpl(
          stores.campaigns,
          stores.images,
          stores.predictions,
          stores.batches,
          stores.rechecks,
          stores.likeness);

  @Test
  void aContradictedLabelIsAskedAboutOnceAndMended() {
    CampaignSpec spec = spec("mended").build();
    RoundId first = labelled(spec);
    acceptance.acceptLabels(first);

    RoundId second = drawn(first, 2);

    // 30 % of 30 = 9 images, a fifth of them (2) for rechecks: one label is in doubt
    BatchRepository.Item asked = rechecks(second).get(0);
    assertThat(rechecks(second)).hasSize(1);
    assertThat(asked.image()).isEqualTo(image("l0"));
    assertThat(asked.reason()).isEqualTo("label in doubt: swapped");
    assertThat(items(second)).hasSize(9);
    assertThat(shown(second, "l0"))
        .as("the label as it stands")
        .isEqualTo(
            new ReviewBatch.Item(
                stored(second, "l0"),
                Purpose.RECHECK,
                new BoxQueries(
                    List.of(found(0, BUS, 1)), List.of(), List.of(box(0, BUS)), List.of())));

    stores.answers.put(second, Answers.corrected(image("l0"), box(0, CAR)), Optional.empty());
    assertThat(stores.labels.poolAnnotations(second.campaign()))
        .containsEntry(image("l0"), List.of(box(0, CAR)));
    assertThat(shown(second, "l0").proposals())
        .as("what was shown does not change by the answer")
        .containsExactly(found(0, BUS, 1));
    acceptance.acceptLabels(second);

    assertThat(rechecks(drawn(second, 3))).isEmpty();
    assertThat(doubted(spec)).containsExactly(new Doubted("swapped", 1, 1, 1));
  }

  @Test
  void aLabelThatNobodyLookedAtAgainIsNotAskedAboutForEver() {
    CampaignSpec spec = spec("unanswered").build();
    RoundId first = labelled(spec);
    acceptance.acceptLabels(first);
    RoundId second = drawn(first, 2);
    assertThat(rechecks(second)).hasSize(1);

    assertThat(rechecks(drawn(second, 3))).isEmpty();
    assertThat(doubted(spec)).containsExactly(new Doubted("swapped", 1, 1, 0));
  }

  @Test
  void aLabelThatWasMendedMeanwhileIsNotInDoubt() {
    RoundId first = labelled(spec("meanwhile").build());
    acceptance.acceptLabels(first);
    stores.answers.put(first, Answers.corrected(image("l0"), box(0, CAR)), Optional.empty());

    assertThat(rechecks(drawn(first, 2))).isEmpty();
  }

  @Test
  void aPictureThatWentBadIsNotAskedAbout() {
    RoundId first = labelled(spec("bad").build());
    acceptance.acceptLabels(first);
    stores.images.quarantine(first.campaign(), "l0", "it crashes");

    assertThat(rechecks(drawn(first, 2))).isEmpty();
  }

  @Test
  void withoutAShareNobodyLooks() {
    CampaignSpec spec = spec("off").recheck(0).build();
    RoundId first = labelled(spec);
    acceptance.acceptLabels(first);

    assertThat(doubted(spec)).isEmpty();
    assertThat(rechecks(drawn(first, 2))).isEmpty();
  }

  @Test
  void aLabelOfTheLastModelThatTheNextContradictsIsAskedAbout() {
    CampaignSpec spec = spec("pseudo").build();
    RoundId first = stores.campaign(spec, all(), List.of());
    stores.labels.insertIfAbsent(
        first,
        new LabelResult(3, 3, 0, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        List.of(
            new PseudoLabels(image("p0"), List.of(box(0, BUS)), List.of()),
            new PseudoLabels(image("p1"), List.of(box(0, CAR)), List.of()),
            // of the car nothing is said: it is neither label nor background
            new PseudoLabels(image("p2"), List.of(box(80, BUS)), List.of(box(0, CAR)))),
        List.of());
    RoundId second = new RoundId(first.campaign(), 2);
    predict(second, all());
    answered(second, box(0, CAR));
    acceptance.acceptLabels(second);

    RoundId third = drawn(second, 3);

    assertThat(rechecks(third))
        .extracting(BatchRepository.Item::image)
        .containsExactly(image("p0"));
    assertThat(shown(third, "p0").proposals())
        .as("no person has labelled it: what the model finds now")
        .containsExactly(found(0, CAR, 0.9f));
  }

  @Test
  void theFirstModelIsHeardWhereTheRoundsSeesNothing() {
    CampaignSpec spec = spec("first").build();
    RoundId first = stores.campaign(spec, all(), List.of());
    predict(first, all());
    RoundId second = new RoundId(first.campaign(), 2);
    Map<String, List<Detection>> nothing = cars(all());
    nothing.replaceAll((name, found) -> List.of());
    stores.predict(second, nothing);
    answered(second, WRONG);

    acceptance.acceptLabels(second);

    assertThat(doubted(spec)).containsExactly(new Doubted("swapped", 1, 0, 0));
  }

  private static Specs spec(String name) {
    return Specs.of(name).budget(0.3, 0).recheck(0.2).pseudoLabels(PseudoLabelMode.OFF, 0.9, 0.95);
  }

  /** Round 1, predicted, asked and answered. */
  private RoundId labelled(CampaignSpec spec) {
    RoundId round = stores.campaign(spec, all(), List.of());
    predict(round, all());
    answered(round, WRONG);
    return round;
  }

  @Test
  void wherePeopleAreAskedBoxesOnlyTheDoubtfulClassIsAsked() {
    RoundId first = labelled(spec("boxes").ask(CampaignSpec.Asking.BOXES).build());
    acceptance.acceptLabels(first);

    BoxQueries asked = shown(drawn(first, 2), "l0").asked();

    assertThat(asked.queries())
        .containsExactly(new BoxQueries.BoxQuery(0, Set.of(BoxQueries.Ask.CLASS)));
    assertThat(asked.proposals()).containsExactly(found(0, BUS, 1));
  }

  private void answered(RoundId round, LabelledBox oneOfThem) {
    stores.ask(round, Purpose.ACTIVE, 50, LABELLED.toArray(String[]::new));
    for (String name : LABELLED) {
      LabelledBox label = name.equals("l0") ? oneOfThem : box(0, CAR);
      stores.answers.put(round, Answers.corrected(image(name), label), Optional.empty());
    }
  }

  /** A next round, predicted and drawn. */
  private RoundId drawn(RoundId before, int number) {
    RoundId round = new RoundId(before.campaign(), number);
    predict(round, REST);
    selection.selectImages(new SelectionRequest(round, true));
    return round;
  }

  private void predict(RoundId round, List<String> names) {
    stores.predict(round, cars(names));
  }

  private static Map<String, List<Detection>> cars(List<String> names) {
    Map<String, List<Detection>> found = new TreeMap<>();
    names.forEach(name -> found.put(name, List.of(found(0, CAR, 0.9))));
    return found;
  }

  private List<BatchRepository.Item> rechecks(RoundId round) {
    return items(round).stream().filter(item -> item.purpose() == Purpose.RECHECK).toList();
  }

  private List<BatchRepository.Item> items(RoundId round) {
    return stores.batches.open(round).stream()
        .flatMap(batch -> stores.batches.items(batch).stream())
        .toList();
  }

  private ReviewBatch.Item shown(RoundId round, String name) {
    ImageId image = image(name);
    return stores.batches.open(round).stream()
        .map(
            (BatchId batch) ->
                stores.contents.item(stores.campaigns.spec(round.campaign()), batch, image))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private StoredImage stored(RoundId round, String name) {
    return stores.images.find(round.campaign(), image(name)).orElseThrow();
  }

  private List<Doubted> doubted(CampaignSpec spec) {
    return stores.reports.report(spec, stores.images.summary(spec.name()).orElseThrow()).doubted();
  }

  private static List<String> all() {
    return Stream.concat(LABELLED.stream(), REST.stream()).toList();
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }
}
