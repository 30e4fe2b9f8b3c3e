package dev.labelloop.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.CampaignReport.Amended;
import dev.labelloop.activities.evaluation.CampaignReport.Doubted;
import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Quarantined;
import dev.labelloop.activities.evaluation.CampaignReport.Round;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.HoldoutReport.Audit;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.HoldoutReport.Suspicious;
import dev.labelloop.activities.evaluation.errors.ConfusionMatrix;
import dev.labelloop.activities.evaluation.errors.ConfusionMatrix.Cell;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository.Change;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.Sha256;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
  private static final Verdict VERDICT =
      new Verdict(
          true, "by far", 0.1, 0.3, 0.12, 0.28, 0.04, 0.09, 0.01, 2_000, 7, 40, 8, List.of());
  private static final ModelId MODEL = new ModelId(hash("model"));
  private final ReportPage page = new ReportPage(f -> new RgbImage(40, 20, new byte[40 * 20 * 3]));

  @Test
  void showsTheCurveTheWorkAndThePictures() {
    String html =
        page.html(report("simulated", "Car"), List.of(new StageTime("trainModel", 2, 125)));

    assertThat(html)
        .contains("class=\"curve\"", "12 of 100", "boxes touched", "data:image/jpeg;base64,")
        .contains("trainModel</td><td>2</td><td>2 min 05 s")
        .contains("simulated</strong>")
        .contains("2026-11-24T10:00:00Z</td><td class=\"text\">budget 5%, target mAP 0.6")
        .contains("badly located</td><td>9</td><td>4</td><td>3</td>")
        .contains("bad.jpg</td><td class=\"text\">empty file");
  }

  @Test
  void tellsWhyTheChampionFails() {
    String html = page.html(report("page", "Car"), List.of());

    assertThat(html)
        .contains("Why it fails", "missed</td>", "<b>+1.000</b>") // its one object
        .contains("<b>1</b> a.jpg<br>1 not found, 1 background; weight 1.90")
        .contains("Car, not found", "Car 0.90, background");
  }

  @Test
  void listsTheMistakesWhereClassesAreMany() {
    List<String> classes = IntStream.range(0, 13).mapToObj(k -> "class " + k).toList();
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            List.of(
                new Cell("class 0", "class 0", 9),
                new Cell("class 0", "class 1", 2),
                new Cell(null, "class 1", 3)));

    assertThat(ConfusionTable.html(matrix, classes))
        .doesNotContain(">9<")
        .containsSubsequence("background", "class 1", ">3<", "class 0", "class 1", ">2<");
  }

  @Test
  void comesWithoutAPictureThatCannotBeReadAnyMore() {
    ReportPage unread =
        new ReportPage(
            file -> {
              throw file.endsWith("gold.jpg")
                  ? new ImageRejectedException(file + " is cut off: copy <it> again")
                  : new UncheckedIOException(new NoSuchFileException(file.toString()));
            });

    assertThat(unread.html(report("page", "Car"), List.of()))
        .contains("images/gold.jpg is cut off: copy &lt;it&gt; again</p><figcaption>")
        .contains("NoSuchFileException: a.jpg</p><figcaption><b>1</b> a.jpg<br>1 not found")
        .contains("NoSuchFileException: a.jpg</p><figcaption>by model")
        .doesNotContain("<image")
        .endsWith("</html>\n");
  }

  @Test
  void namesOfClassesAreTextNeverMarkup() {
    String html = page.html(report("page", "<script>alert(1)</script>"), List.of());

    assertThat(html).contains("&lt;script&gt;").doesNotContain("<script");
  }

  @Test
  void needsNoNetwork() {
    String html = page.html(report("page", "Car"), List.of());

    assertThat(html).doesNotContain("http://", "https://", "src=", "<link", "@import");
  }

  @Test
  void replacesAnOlderReportWhole(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    Files.writeString(file, "old");

    page.write(report("page", "Car"), List.of(), file);

    assertThat(file).content(StandardCharsets.UTF_8).endsWith("</html>\n");
    assertThat(folder.toFile().list()).containsExactly("report.html");
  }

  @Test
  void tellsWhyAChallengerWasPromotedAndWhatWasChampionBefore() {
    assertThat(page.html(report("page", "Car"), List.of()))
        .contains("<td>+0.2000</td><td>+0.1200</td><td>+0.2800</td><td>0.0900</td>")
        .contains("<td>40 in 8 clusters</td><td>2,000</td><td>1.00 %</td>")
        .contains("promoted: by far")
        .contains("<td class=\"text\">initial model</td>");
  }

  @Test
  void listsWhatMakesTheHoldoutDoubtful() {
    assertThat(page.html(report("page", "Car"), List.of()))
        .contains("look like one of it (3)</h3><p class=\"note\">2 of them stay out")
        .contains("leaves out for that: 1.")
        .contains("<td class=\"text\">&lt;a&gt;.jpg</td><td class=\"text\">gold.jpg</td>")
        .contains("<td>12</td><td>0.0042</td><td>kept out</td>")
        .contains("may be wrong (2)")
        .contains("Car at (1, 2), 10 × 8 px</td><td class=\"text\">Car at (3, 2), 10 × 8 px</td>")
        .contains("<td class=\"text\">overlooked</td><td class=\"text\">–</td>");
  }

  @Test
  void everyTimeHasItsUnit() {
    assertThat(ReportPage.duration(0.42)).isEqualTo("0.4 s");
    assertThat(ReportPage.duration(59.4)).isEqualTo("59 s");
    assertThat(ReportPage.duration(185)).isEqualTo("3 min 05 s");
    assertThat(ReportPage.duration(7800)).isEqualTo("2 h 10 min");
  }

  private static CampaignReport report(String tool, String className) {
    return new CampaignReport(
        "street",
        List.of(className),
        new DatasetSummary(100, 20, 0, 1, 0, 32),
        tool,
        List.of(
            new Amended(
                1, Instant.parse("2026-11-24T10:00:00.5Z"), new Amendment(0.05, null, 0.6, null))),
        List.of(
            new Round(0, 0, 0, 0, 0, 0.1, 0.2, null, false, MODEL, null),
            new Round(1, 12, 34, 300, 5, 0.3, 0.5, 0.3, true, MODEL, "5 pseudo-labels")),
        Map.of(1, VERDICT),
        List.of(change(0, "INITIAL", null, 0.1), change(1, "PROMOTED", 0, 0.3)),
        List.of(new Origin("simulated reviewer", 12, 34), new Origin("model", 5, 5)),
        List.of(new Doubted("badly located", 9, 4, 3)),
        List.of(
            new Picture(
                new ImageId(hash("image")),
                Path.of("a.jpg"),
                40,
                20,
                "model",
                List.of(new LabelledBox(new Box(1, 2, 10, 8), 0)))),
        failures(className),
        holdout(className),
        List.of(new Quarantined("bad.jpg", "empty file")));
  }

  private static Change change(int number, String how, Integer before, double map) {
    return new Change(
        number,
        number,
        new Champion(MODEL, new HoldoutScore(map, 0.5), true),
        how,
        before,
        "r" + number,
        Instant.parse("2026-11-24T10:00:00Z"));
  }

  private static HoldoutReport holdout(String className) {
    Named label = new Named(className, new Box(1, 2, 10, 8));
    Named instead = new Named(className, new Box(3, 2, 10, 8));
    return new HoldoutReport(
        Path.of("images"),
        3,
        2,
        1,
        List.of(new Pair("<a>.jpg", "gold.jpg", 12, 0.0042, true)),
        new Audit(
            MODEL,
            2,
            List.of(
                new Suspicious("gold.jpg", "badly located", label, instead, 0.9, 0.05),
                new Suspicious("gold.jpg", "overlooked", null, instead, 0.8, 0.2))));
  }

  /** The only object is missed, and a detection is where nothing is. */
  private static Failures failures(String className) {
    ImageId image = new ImageId(hash("image"));
    ErrorAnalysis analysis =
        ErrorAnalysis.of(
            Map.of(image, List.of(new LabelledBox(new Box(1, 2, 10, 8), 0))),
            Map.of(image, List.of(new Detection(new Box(20, 2, 10, 8), 0, 0.9))),
            List.of(className));
    return new Failures(
        MODEL, analysis, List.of(new Worst(analysis.worst().get(0), Path.of("a.jpg"), 40, 20)));
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
