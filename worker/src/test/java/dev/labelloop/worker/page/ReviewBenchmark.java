package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Mouse;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a review costs a person's hands: a scripted reviewer who knows the truth answers images in
 * the real page, once with a strong model's proposals, once with a weak one's, and once (a fifth of
 * the images) drawing everything. Prints keys and clicks an image, how long the next image takes to
 * open, and frames a second on 200 boxes over 8,000 × 6,000 pixels.
 *
 * <pre>ReviewBenchmark IMAGES SEED</pre>
 */
public final class ReviewBenchmark {
  private static final List<String> CLASSES = List.of("car", "bus", "tram");
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int MOST_THINGS = 5;

  /** One in so many images is drawn from nothing: it takes long, and varies little. */
  private static final int DRAWN_SHARE = 5;

  /** The least time that the page gives people to look for what is missing, with some room. */
  private static final int LOOK_MILLIS = 330;

  /** From the key that leaves an image to the first frame in which the next can be worked on. */
  private static final String WATCH_OPENING =
      """
      () => {
        window.opened = [];
        let pressed = null;
        document.addEventListener('keydown', event => {
          if (event.key === 'Enter') {
            pressed = performance.now();
          }
        }, true);
        const stage = document.querySelector('.stage');
        let loading = false;
        new MutationObserver(() => {
          const now = stage.classList.contains('loading');
          if (loading && !now && pressed !== null) {
            const from = pressed;
            pressed = null;
            requestAnimationFrame(() => window.opened.push(performance.now() - from));
          }
          loading = now;
        }).observe(stage, {attributes: true, attributeFilter: ['class']});
      }
      """;

  private static final String COUNT_FRAMES =
      """
      () => {
        window.frames200 = [];
        const tick = time => {
          window.frames200.push(time);
          window.ticking = requestAnimationFrame(tick);
        };
        window.ticking = requestAnimationFrame(tick);
      }
      """;

  private static final String FRAMES =
      "() => { cancelAnimationFrame(window.ticking); return window.frames200; }";

  private ReviewBenchmark() {}

  public static void main(String... args) throws Exception {
    int images = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    try (Studio studio = new Studio()) {
      Proposer strong = Proposer.strong(CLASSES.size());
      Proposer weak = Proposer.weak(CLASSES.size());
      session(studio, "strong-proposals", pictures("strong", images, seed, strong));
      session(studio, "weak-proposals", pictures("weak", images, seed, weak));
      int drawn = Math.max(1, images / DRAWN_SHARE);
      session(studio, "drawing-everything", pictures("drawn", drawn, seed, null));
      frames(studio);
    }
  }

  /** Pictures of up to five things; {@code proposer} null: nothing is proposed. */
  private static List<Picture> pictures(String prefix, int count, long seed, Proposer proposer) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomGenerator random = Draws.of(seed, "picture", i);
      String file = prefix + "-" + i + ".png";
      List<LabelledBox> truth = things(random);
      pictures.add(
          new Picture(
              file,
              WIDTH,
              HEIGHT,
              truth,
              proposer == null ? List.of() : proposer.propose(file, WIDTH, HEIGHT, truth)));
    }
    return pictures;
  }

  /** Things that do not touch. */
  private static List<LabelledBox> things(RandomGenerator random) {
    List<LabelledBox> things = new ArrayList<>();
    int wanted = random.nextInt(1, MOST_THINGS + 1);
    for (int attempt = 0; attempt < 50 && things.size() < wanted; attempt++) {
      double width = random.nextInt(50, 180);
      double height = random.nextInt(40, 140);
      Box box =
          new Box(
              random.nextInt(10, (int) (WIDTH - width - 10)),
              random.nextInt(10, (int) (HEIGHT - height - 10)),
              width,
              height);
      if (things.stream().allMatch(other -> other.box().iou(box) == 0)) {
        things.add(new LabelledBox(box, random.nextInt(CLASSES.size())));
      }
    }
    return things;
  }

  private static void session(Studio studio, String name, List<Picture> pictures) throws Exception {
    List<ImageId> ids = studio.publish(Publication.of(name).pictures(pictures));
    Map<String, Picture> byId = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i).value(), pictures.get(i));
    }
    Hands hands;
    List<Double> opened = new ArrayList<>();
    long start = System.nanoTime();
    try (Visit visit = studio.visit(name, Role.REVIEWER)) {
      ReviewPage review = visit.review(name);
      review.page.evaluate(WATCH_OPENING);
      hands = new Hands(review);
      for (int i = 0; i < pictures.size(); i++) {
        review.shown();
        String image = review.image();
        hands.answer(byId.get(image.substring(image.lastIndexOf('/') + 1)));
        review.assertGone(image);
      }
      for (Object millis : (List<?>) review.page.evaluate("() => window.opened")) {
        opened.add(((Number) millis).doubleValue());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int things = pictures.stream().mapToInt(picture -> picture.truth().size()).sum();
    System.out.printf(
        Locale.ROOT,
        "%s: %d images, %d things, %.0f s%n"
            + "  an image: %.2f keys, %.2f clicks and drags%n"
            + "  answers as the truth: %d of %d%n"
            + "  the next image opens: %s%n",
        name,
        pictures.size(),
        things,
        seconds,
        (double) hands.keys / pictures.size(),
        (double) hands.clicks / pictures.size(),
        right(studio, name, ids, pictures),
        pictures.size(),
        Percentiles.of(opened));
  }

  /** Answers that leave nothing to be done. */
  private static int right(Studio studio, String name, List<ImageId> ids, List<Picture> pictures)
      throws InterruptedException {
    int right = 0;
    for (int i = 0; i < ids.size(); i++) {
      List<LabelledBox> boxes = new ArrayList<>();
      for (JsonNode box : answer(studio, name, ids.get(i), pictures.size()).get("boxes")) {
        boxes.add(
            new LabelledBox(
                new Box(
                    box.get("x").asDouble(),
                    box.get("y").asDouble(),
                    box.get("width").asDouble(),
                    box.get("height").asDouble()),
                CLASSES.indexOf(box.get("class").asText())));
      }
      if (Plan.of(boxes, pictures.get(i).truth()).isRight()) {
        right++;
      }
    }
    return right;
  }

  private static JsonNode answer(Studio studio, String name, ImageId image, int images)
      throws InterruptedException {
    int batches = (images - 1) / Publication.of(name).batchSize() + 1;
    for (int batch = 0; batch < batches; batch++) {
      String key = name + "/r1/b" + batch + "/" + image;
      Person.Said said = studio.admin().get("/api/review/" + key);
      if (said.status() == 200 && !said.body().get("answer").isNull()) {
        return said.body().get("answer");
      }
    }
    return studio.answer(name, image); // waits, and says what is missing
  }

  /** The scripted reviewer, who counts. */
  private static final class Hands {
    private final ReviewPage review;
    private int keys;
    private int clicks;

    Hands(ReviewPage review) {
      this.review = review;
    }

    void answer(Picture picture) {
      List<LabelledBox> shown =
          picture.proposals().stream()
              .map(found -> new LabelledBox(found.box(), found.classIndex()))
              .toList();
      Plan plan = Plan.of(shown, picture.truth());
      if (shown.size() > 1 || !plan.missing().isEmpty()) {
        press("f");
        review.still();
      }
      int judged = 0;
      for (int i = 0; i < shown.size(); i++) {
        Plan.Verdict verdict = plan.verdicts().get(i);
        if (verdict.fault() != Plan.Fault.NONE) {
          mend(i, shown.get(i), verdict);
          judged++;
        }
      }
      if (judged < shown.size()) {
        press("Enter"); // the rest is right
      }
      plan.missing().forEach(this::draw);
      review.page.waitForTimeout(LOOK_MILLIS);
      press("Enter");
    }

    private void mend(int id, LabelledBox shown, Plan.Verdict verdict) {
      review.page.locator(".box-list [data-id='" + id + "']").click();
      clicks++;
      review.still();
      switch (verdict.fault()) {
        case CLASS -> press(String.valueOf(verdict.wanted().classIndex() + 1));
        case NO_OBJECT -> press("x");
        case GEOMETRY -> pull(shown.box(), verdict.wanted().box());
        case NONE -> throw new IllegalStateException("nothing is wrong with box " + id);
      }
      review.still();
    }

    private void pull(Box from, Box to) {
      double dx = to.x() - from.x();
      double dy = to.y() - from.y();
      if (dx != 0 || dy != 0) {
        review.pull("nw", dx, dy);
        clicks++;
      }
      double right = to.x() + to.width() - from.x() - from.width();
      double bottom = to.y() + to.height() - from.y() - from.height();
      if (Math.abs(right) > 1 || Math.abs(bottom) > 1) {
        review.pull("se", right, bottom);
        clicks++;
      }
    }

    private void draw(LabelledBox thing) {
      press("b");
      press(String.valueOf(thing.classIndex() + 1));
      review.still();
      Box box = thing.box();
      review.drag(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
      clicks++;
      review.still();
    }

    private void press(String key) {
      review.press(key);
      keys++;
    }
  }

  /** Moves, zooms and pulls on 200 boxes, and counts frames. */
  private static void frames(Studio studio) throws Exception {
    studio.publish(Publication.of("frames").picture(LargePictureTest.picture("frames.jpg")));
    try (Visit visit = studio.visit("frames", Role.REVIEWER)) {
      ReviewPage review = visit.review("frames");
      review.press("f");
      review.still();
      Mouse mouse = review.page.mouse();
      measure(review, "zooming", () -> turnWheel(mouse));
      measure(review, "moving the picture", () -> swing(mouse, 300, 300, MovesBy.PICTURE));
      review.press("f");
      review.still();
      Box box = review.selectedBox();
      double[] at = review.onScreen(box.x() + box.width() / 2, box.y() + box.height() / 2);
      measure(review, "moving a box", () -> swing(mouse, at[0], at[1], MovesBy.BOX));
    }
  }

  /** How far the hand swings, in screen pixels. */
  private enum MovesBy {
    PICTURE(150),
    BOX(40);

    private final double pixels;

    MovesBy(double pixels) {
      this.pixels = pixels;
    }
  }

  private static void turnWheel(Mouse mouse) {
    mouse.move(500, 400);
    for (int i = 0; i < 120; i++) {
      mouse.wheel(0, i / 20 % 2 == 0 ? -60 : 60);
    }
  }

  private static void swing(Mouse mouse, double x, double y, MovesBy by) {
    mouse.move(x, y);
    mouse.down();
    for (int i = 0; i < 240; i++) {
      mouse.move(x + by.pixels * Math.sin(i / 15.0), y + by.pixels * Math.cos(i / 20.0) / 2);
    }
    mouse.up();
  }

  private static void measure(ReviewPage review, String what, Runnable work) {
    review.page.evaluate(COUNT_FRAMES);
    work.run();
    List<Double> times = new ArrayList<>();
    for (Object time : (List<?>) review.page.evaluate(FRAMES)) {
      times.add(((Number) time).doubleValue());
    }
    double longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    double seconds = (times.get(times.size() - 1) - times.get(0)) / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%d boxes on %d x %d, %s: %.0f frames/s over %.1f s, longest frame %.0f ms%n",
        LargePictureTest.BOXES,
        LargePictureTest.WIDTH,
        LargePictureTest.HEIGHT,
        what,
        (times.size() - 1) / seconds,
        seconds,
        longest);
  }
}
