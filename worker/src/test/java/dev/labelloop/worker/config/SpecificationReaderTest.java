package dev.labelloop.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.campaign.DeadlinePolicy;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificationReaderTest {
  private static final Offer OFFER =
      new Offer(
          Map.of("yolox", List.of("nano", "tiny", "s")),
          List.of("default", "random"),
          List.of("page", "simulated"));

  private static final String LEAST =
      """
      name: street
      classes: [Car, Bus]
      images: images
      holdout: gold.json
      """;

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(folder.resolve("gold.json"), "{}");
    Files.writeString(folder.resolve("truth.json"), "{}");
  }

  @Test
  void fillsInTheDefaultsOfTheSpecification() {
    CampaignSpec spec = read(LEAST);

    assertThat(spec.name().value()).isEqualTo("street");
    assertThat(spec.classes()).containsExactly("Car", "Bus");
    assertThat(spec.model())
        .isEqualTo(new CampaignSpec.Model("yolox", "nano", null, CampaignSpec.Model.DEFAULT_INPUT));
    assertThat(spec.rounds())
        .isEqualTo(new CampaignSpec.Rounds(CampaignSpec.Rounds.DEFAULT_MAX, null));
    assertThat(spec.selection()).isEqualTo(new CampaignSpec.Selection("default", 0.10, 0.15, 0.05));
    assertThat(spec.review().tool()).isEqualTo("page");
    assertThat(spec.review().deadline()).isEqualTo(Duration.ofDays(3));
    assertThat(spec.review().overlap()).isEqualTo(1);
    assertThat(spec.pseudoLabels())
        .isEqualTo(new CampaignSpec.PseudoLabels(PseudoLabelMode.FIXED, 0.9, 0.1, 0.95));
    assertThat(spec.training()).isEqualTo(new CampaignSpec.Training(10, 8, 7, 1e-3));
    assertThat(spec.promotion().margin()).isZero();
    assertThat(spec.prediction().shardSize()).isNull();
    assertThat(spec.cost().perHour()).isNull();
  }

  @Test
  void readsEveryKey() {
    CampaignSpec spec =
        read(
            """
            name: street
            classes: [Car]
            images: images
            holdout: 15%
            model: {family: yolox, size: tiny, weights: gold.json, input: 320}
            rounds: {max: 3, targetMap: 0.60}
            selection: {strategy: random, budget: 5%, audit: 0.2, recheck: 0}
            review:
              tool: simulated
              truth: truth.json
              deadline: PT8H
              onDeadline: extend
              overlap: 1
              ask: boxes
              quality: {agreement: 0.9, probes: 10%, blind: 2%, checks: 3%, bar: 0.7}
              batchSize: 20
              simulated: {missed: 0.02, wrongClass: 1%, jitterIou: 0.03, time: slow}
              reminders: {every: PT4H, urlFrom: CHAT_URL}
            pseudoLabels: {mode: off, threshold: 0.8, verify: 20%, precision: 0.9}
            training: {epochs: 4, batch: 2, seed: 11, rate: 5.0e-4}
            promotion: {margin: -0.005, confidence: 0.9, forgetting: 0.1, floors: {Car: 40%}, cluster: '^(cam[0-9]+)'}
            prediction: {shardSize: 64}
            cost: {perHour: 30}
            """);

    assertThat(spec.holdout()).isEqualTo(new CampaignSpec.Holdout(null, 0.15));
    assertThat(spec.model())
        .isEqualTo(new CampaignSpec.Model("yolox", "tiny", path("gold.json"), 320));
    assertThat(spec.rounds()).isEqualTo(new CampaignSpec.Rounds(3, 0.60));
    assertThat(spec.selection()).isEqualTo(new CampaignSpec.Selection("random", 0.05, 0.2, 0));
    assertThat(spec.review())
        .isEqualTo(
            new CampaignSpec.Review(
                "simulated",
                Duration.ofHours(8),
                DeadlinePolicy.EXTEND,
                1,
                20,
                path("truth.json"),
                null,
                null,
                new CampaignSpec.Simulated(0.02, 0.01, 0.03, "slow"),
                new CampaignSpec.Reminders(Duration.ofHours(4), "CHAT_URL"),
                CampaignSpec.Asking.BOXES,
                new CampaignSpec.Quality(0.9, 0.1, 0.02, 0.03, 0.7)));
    assertThat(spec.pseudoLabels())
        .isEqualTo(new CampaignSpec.PseudoLabels(PseudoLabelMode.OFF, 0.8, 0.2, 0.9));
    assertThat(spec.training()).isEqualTo(new CampaignSpec.Training(4, 2, 11, 5e-4));
    assertThat(spec.promotion())
        .isEqualTo(
            new CampaignSpec.Promotion(-0.005, 0.9, 0.1, Map.of("Car", 0.4), "^(cam[0-9]+)"));
    assertThat(spec.prediction()).isEqualTo(new CampaignSpec.Prediction(64));
    assertThat(spec.cost()).isEqualTo(new CampaignSpec.Cost(30.0));
  }

  @Test
  void takesPathsOfTheFileRelativeToTheFileAndPathsOfOptionsRelativeToTheWorkingFolder() {
    CampaignSpec spec = read(LEAST, "holdout=../gold.json", "training.epochs=3");

    assertThat(spec.images()).isEqualTo(path("images"));
    assertThat(spec.holdout().file()).isEqualTo(path("gold.json"));
    assertThat(spec.training().epochs()).isEqualTo(3);
  }

  @Test
  void anEmptyOverrideTakesTheKeyAway() {
    CampaignSpec spec = read(LEAST + "training: {epochs: 3}\n", "training.epochs=");

    assertThat(spec.training().epochs()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training: {epoch: 3}            | training.epoch is not a known key; did you mean 'training.epochs'?
          epochs: 3                       | epochs is not a known key; did you mean 'training.epochs'?
          sellection: {budget: 0.1}       | sellection is not a known key; did you mean 'selection'?
          selection: {budget: -0.1}       | selection.budget is -0.1, must be a share above 0 and at most 1
          selection: {budget: 0}          | selection.budget is 0, must be a share above 0 and at most 1
          selection: {budget: 120%}       | selection.budget is '120%', must be a share above 0 and at most 1
          selection: {audit: NaN}         | selection.audit is 'NaN', must be a share from 0 to 1
          selection: {audit: many}        | selection.audit is 'many', must be a share from 0 to 1
          selection: {audit: 95%}         | selection audit 0.95 and pseudoLabels.verify 0.1 are shares of one budget
          selection: {strategy: defualt}  | selection.strategy is 'defualt', must be default or random
          selection: [0.1]                | selection is [0.1], must be a section with the keys strategy, budget, audit
          pseudoLabels: {threshold: 1.5}  | pseudoLabels.threshold is 1.5, must be a share from 0 to 1
          pseudoLabels: {mode: certified} | pseudoLabels.mode is 'certified', which is not available yet; use mode: fixed
          pseudoLabels: {confidence: 0.9} | pseudoLabels.confidence is only for mode: certified
          pseudoLabels: {mode: maybe}     | pseudoLabels.mode is 'maybe', must be fixed or off
          review: {tool: labelstudio}     | review.tool is 'labelstudio', which is not available yet; use tool: page or simulated
          review: {tool: cvat}            | review.tool is 'cvat', which is not available yet; use tool: page or simulated
          review: {tool: api}             | review.tool is 'api', must be page or simulated
          review: {tool: simulated}       | review.truth is missing: tool 'simulated' answers from a COCO file
          review: {truth: truth.json}     | review.truth is only for tool: simulated
          review: {overlap: 11}           | review.overlap is 11, must be a whole number from 1 to 10
          review: {ask: people}           | review.ask is 'people', must be boxes or images
          review: {quality: {bar: 2}}     | review.quality.bar is 2, must be a share from 0 to 1
          review: {quality: {probe: 1%}}  | review.quality.probe is not a known key; did you mean 'review.quality.probes'?
          review: {url: 'http://x'}       | review.url is only for external tools, which are not available yet
          review: {deadline: 3 days}      | review.deadline is '3 days', must be a duration such as P3D
          review: {deadline: PT0S}        | review.deadline is 'PT0S', must be a duration such as P3D
          review: {onDeadline: stop}      | review.onDeadline is 'stop', must be close or extend or fail
          review: {batchSize: 0}          | review.batchSize is 0, must be a whole number from 1 to 1000
          model: {family: detr}           | model.family is 'detr', must be yolox
          model: {size: huge}             | model.size is 'huge', must be nano or s or tiny
          model: {input: 400}             | model.input is 400, must be a multiple of 32, such as 384 or 416
          model: {input: -32}             | model.input is -32, must be a whole number from 64 to 2048
          model: {weights: none.st}       | model.weights is 'none.st'
          rounds: {max: 0}                | rounds.max is 0, must be a whole number from 1 to 1000
          rounds: {max: 2.5}              | rounds.max is 2.5, must be a whole number from 1 to 1000
          rounds: {targetMap: 60}         | rounds.targetMap is 60, must be a share above 0 and at most 1
          training: {epochs: -1}          | training.epochs is -1, must be a whole number from 1 to 10000
          training: {rate: 0}             | training.rate is 0, must be a learning rate above 0 and at most 1
          promotion: {margin: 2}          | promotion.margin is 2, must be a difference in mAP from -1 to 1
          promotion: {confidence: 1}      | promotion.confidence is 1, must be a confidence from 0.5 to below 1
          promotion: {floors: 0.3}        | promotion.floors is 0.3, must be a section such as {Car: 0.4}
          promotion: {floors: {Cat: 0.3}} | promotion.floors.Cat is none of
          promotion: {cluster: '(cam'}    | promotion.cluster is '(cam', must be a regular expression
          prediction: {shardSize: 0}      | prediction.shardSize is 0, must be a whole number from 1 to 5000
          cost: {perHour: -1}             | cost.perHour is -1, must be an amount from 0
          """)
  void namesTheKeyTheValueAndTheMend(String line, String expected) {
    assertThat(problems(LEAST + line))
        .singleElement()
        .asString()
        .startsWith(folder.resolve("specification.yaml") + ": ")
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          classes=[]              | --set classes is empty, name at least one class
          classes=[Car, Car]      | --set classes names 'Car' twice
          classes=Car             | --set classes is 'Car', must be a list such as [Car, Bus]
          images=/no/such/folder  | --set images is '/no/such/folder': /no/such/folder does not exist; it must be a folder
          holdout=1.5             | --set holdout is '1.5', must be a share between 0 and 1
          holdout=elsewhere       | does not exist; it must be a COCO file
          name=a/b                | --set name is 'a/b', must be 1 to 64 letters
          trainning.epochs=3      | --set trainning is not a known key; did you mean 'training'?
          name.first=x            | --set name.first=x: 'name' is a value, it has no keys inside
          epochs                  | --set epochs: write key=value, such as --set training.epochs=3
          """)
  void namesTheOptionThatIsWrong(String override, String expected) {
    assertThat(problems(LEAST, override)).anySatisfy(p -> assertThat(p).contains(expected));
  }

  @Test
  void tellsAllProblemsTogether() {
    assertThat(problems("training: {epochs: 0, batch: 0}\n"))
        .hasSize(6)
        .anySatisfy(p -> assertThat(p).endsWith("name is missing"))
        .anySatisfy(p -> assertThat(p).contains("classes is empty"))
        .anySatisfy(p -> assertThat(p).endsWith("images is missing"))
        .anySatisfy(p -> assertThat(p).contains("holdout is missing: give a COCO file"))
        .anySatisfy(p -> assertThat(p).contains("training.epochs is 0"))
        .anySatisfy(p -> assertThat(p).contains("training.batch is 0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: [street    | :1: not valid YAML:
          just words       | holds no specification
          ''               | holds no specification
          """)
  void refusesWhatIsNoSpecification(String text, String expected) {
    assertThat(problems(text)).singleElement().asString().contains(expected);
  }

  @Test
  void refusesAKeyThatIsThereTwice() {
    assertThat(problems(LEAST + "name: again\n"))
        .singleElement()
        .asString()
        .contains("not valid YAML")
        .contains("name");
  }

  @Test
  void refusesAMissingFile() {
    Path missing = folder.resolve("missing.yaml");
    BadInputException thrown =
        catchThrowableOfType(
            BadInputException.class,
            () -> new SpecificationReader(OFFER, folder).read(missing, List.of()));

    assertThat(thrown.problems())
        .containsExactly(
            "specification " + missing + " is not a file: give the path of a YAML file");
  }

  private CampaignSpec read(String text, String... overrides) {
    Path file = folder.resolve("specification.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new SpecificationReader(OFFER, folder.resolve("elsewhere"))
        .read(file, List.of(overrides));
  }

  private List<String> problems(String text, String... overrides) {
    return catchThrowableOfType(BadInputException.class, () -> read(text, overrides)).problems();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
