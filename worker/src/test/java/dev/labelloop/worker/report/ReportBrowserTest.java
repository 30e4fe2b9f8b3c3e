package dev.labelloop.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Round;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.HoldoutReport.Audit;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.HoldoutReport.Suspicious;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.core.Box;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.worker.demo.DemoDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looks at a report in a browser. What it saw is in target/report. */
class ReportBrowserTest {
  private static final int PICTURES = 60;

  /** Of the page's height, pixels: to the first of the worst pictures. */
  private static final int LOOKED_AT = 3600;

  private static final Path SEEN = Path.of("target", "report");

  @TempDir private static Path folder;
  private static Chromium chromium;
  private static Failures failures;
  private static Path report;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.start(folder);
    failures = DrawnEvaluation.failures(folder.resolve("scenes"), PICTURES);
    report = Files.createDirectories(SEEN).toAbsolutePath().resolve("report.html");
    new ReportPage(new ImageDecoder()::decode)
        .write(campaign(), List.of(new StageTime("trainModel", 2, 125)), report);
    chromium.open(report, 1280);
  }

  @AfterAll
  static void end() throws Exception {
    if (chromium != null) {
      chromium.end();
    }
  }

  @Test
  void asksForNothingButItself() throws Exception {
    List<String> beyond =
        chromium.requests().stream().filter(url -> !url.startsWith("data:")).toList();

    assertThat(beyond).containsExactly(report.toUri().toString());
    assertThat(chromium.evaluate("document.scripts.length").asInt()).isZero();
  }

  @Test
  void hasItsHeadingsAndTables() throws Exception {
    assertThat(texts("h2, h3"))
        .contains(
            "Curve",
            "Why it fails",
            "Types of error",
            "Does confidence mean what it says?",
            "What is taken for what",
            "The worst pictures (" + failures.worst().size() + ")",
            "Can the holdout be trusted?");
    assertThat(texts("table.types tbody td:first-child"))
        .containsExactly("class", "location", "both", "duplicate", "background", "missed");
    assertThat(texts("table.slices tbody td:first-child"))
        .containsAll(DemoDataset.classes())
        .contains("small", "medium");
    assertThat(texts("table.confusion tbody th"))
        .endsWith("background")
        .hasSize(DemoDataset.classes().size() + 1);
    assertThat(
            chromium
                .evaluate("document.querySelectorAll('table:not(:has(tbody td))').length")
                .asInt())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "800, dark"})
  void fitsIntoTheWindow(int width, String scheme) throws Exception {
    chromium.resize(width);
    chromium.prefer(scheme);
    save(chromium.photograph(0, 0, width, LOOKED_AT), "report-" + width + ".png");

    assertThat(chromium.evaluate("document.documentElement.scrollWidth").asInt())
        .isEqualTo(chromium.evaluate("document.documentElement.clientWidth").asInt())
        .isBetween(width - 20, width); // less by a bar to scroll with
    assertThat(
            strings(
                """
                [...document.querySelectorAll('main *')]
                  .filter(e => !e.closest('svg'))
                  .filter(e => e.getBoundingClientRect().right
                    > document.documentElement.clientWidth)
                  .map(e => e.outerHTML.slice(0, 80))
                """))
        .isEmpty();
  }

  @Test
  void showsPicturesThatLookAlikeSideBySide() throws Exception {
    JsonNode places = places(".pairs figure svg");
    save(chromium.photograph(0, places.get(0).get(1).asDouble() - 150, 1280, 2400), "holdout.png");

    assertThat(places).hasSize(2 * 6);
    for (int left = 0; left < places.size(); left += 2) {
      JsonNode right = places.get(left + 1);
      assertThat(right.get(1)).isEqualTo(places.get(left).get(1));
      assertThat(right.get(0).asDouble()).isGreaterThan(places.get(left).get(0).asDouble());
    }
  }

  @Test
  void showsTheWorstPicturesWithTheirBoxes() throws Exception {
    assertThat(failures.worst()).hasSizeBetween(20, 50);
    JsonNode places = places(".worst figure svg");
    assertThat(places).hasSize(failures.worst().size());
    for (int i : new int[] {0, places.size() / 2, places.size() - 1}) {
      JsonNode place = places.get(i);
      assertThat(place.get(2).asDouble()).isGreaterThan(200);
      BufferedImage seen =
          chromium.photograph(
              place.get(0).asDouble(),
              place.get(1).asDouble(),
              place.get(2).asDouble(),
              place.get(3).asDouble());
      save(seen, "worst-" + (i + 1) + ".png");
      assertThat(colours(seen)).as("colours of picture %d", i + 1).isGreaterThan(1000);
    }
    assertThat(strokes(".doubted .location rect")).containsOnly("rgb(255, 154, 60)");
    assertThat(strokes(".worst .missed rect")).containsOnly("rgb(255, 59, 59)");
    assertThat(strokes(".worst .right rect")).containsOnly("rgb(47, 191, 91)");
    List<String> kinds = new ArrayList<>();
    for (String kind : List.of("class", "location", "both", "duplicate", "background")) {
      kinds.addAll(strokes(".worst ." + kind + " rect").stream().distinct().toList());
    }
    assertThat(kinds).hasSize(5).doesNotHaveDuplicates();
  }

  /** Left, top, width and height on the page, pixels. */
  private static JsonNode places(String selector) throws Exception {
    return chromium.evaluate(
        """
        [...document.querySelectorAll('%s')].map(e => {
          const r = e.getBoundingClientRect();
          return [r.x + scrollX, r.y + scrollY, r.width, r.height];
        })
        """
            .formatted(selector));
  }

  private static List<String> strokes(String selector) throws Exception {
    return strings(
        "[...document.querySelectorAll('" + selector + "')].map(r => getComputedStyle(r).stroke)");
  }

  private static List<String> texts(String selector) throws Exception {
    return strings(
        "[...document.querySelectorAll('" + selector + "')].map(e => e.textContent.trim())");
  }

  private static List<String> strings(String expression) throws Exception {
    List<String> strings = new ArrayList<>();
    chromium.evaluate(expression).forEach(s -> strings.add(s.asText()));
    return strings;
  }

  private static long colours(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return IntStream.of(pixels).distinct().count();
  }

  private static void save(BufferedImage image, String name) throws IOException {
    ImageIO.write(image, "png", SEEN.resolve(name).toFile());
  }

  private static Picture labelled(Worst worst) {
    List<LabelledBox> boxes =
        worst.picture().objects().stream()
            .map(o -> new LabelledBox(o.box(), DemoDataset.classes().indexOf(o.className())))
            .toList();
    return new Picture(
        worst.picture().image(), worst.file(), worst.width(), worst.height(), "model", boxes);
  }

  /** The worst pictures, as if each looked like the next and had wrong labels. */
  private static HoldoutReport holdout() {
    List<Pair> pairs = new ArrayList<>();
    List<Suspicious> boxes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Worst worst = failures.worst().get(i);
      String file = worst.file().toString();
      pairs.add(
          new Pair(file, failures.worst().get(i + 1).file().toString(), 7 * i, 0.01 * i, i < 6));
      worst.picture().objects().stream()
          .limit(1)
          .map(object -> new Named(object.className(), object.box()))
          .forEach(
              label ->
                  boxes.add(
                      new Suspicious(
                          file,
                          "badly located",
                          label,
                          new Named(
                              label.className(),
                              new Box(
                                  label.box().x() + 9,
                                  label.box().y() + 6,
                                  label.box().width(),
                                  label.box().height())),
                          0.9,
                          0.05 * boxes.size())));
    }
    return new HoldoutReport(
        Path.of(""), 8, 6, 2, pairs, new Audit(DrawnEvaluation.MODEL, boxes.size(), boxes));
  }

  private static CampaignReport campaign() {
    return new CampaignReport(
        "street",
        DemoDataset.classes(),
        new DatasetSummary(100, PICTURES, 0, 0, 0, 32),
        "simulated",
        List.of(),
        List.of(
            new Round(0, 0, 0, 0, 0, 0.1, 0.2, null, false, DrawnEvaluation.MODEL, null),
            new Round(1, 12, 34, 300, 5, 0.3, 0.5, 0.3, true, DrawnEvaluation.MODEL, null)),
        Map.of(),
        List.of(),
        List.of(new Origin("simulated reviewer", 12, 34), new Origin("model", 5, 5)),
        List.of(),
        failures.worst().stream().limit(3).map(ReportBrowserTest::labelled).toList(),
        failures,
        holdout(),
        List.of());
  }
}
