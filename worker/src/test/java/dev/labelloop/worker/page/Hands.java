package dev.labelloop.worker.page;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The hands of a reviewer who knows the truth, works by keys where there is one, and counts: wrong
 * boxes are mended, the others accepted at once, and what is missing is drawn.
 */
final class Hands {
  private static final Pattern PASSING = Pattern.compile("\\bpassing\\b");

  /** More boxes that were never on the screen are in no picture. */
  private static final int MOST_SPECKS = 50;

  private final ReviewPage review;
  private int keys;
  private int clicks;

  Hands(ReviewPage review) {
    this.review = review;
  }

  int keys() {
    return keys;
  }

  /** Clicks and drags. */
  int clicks() {
    return clicks;
  }

  /** Answers the image that is shown, which is this picture, as it truly is. */
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
    for (int i = 0; i < shown.size(); i++) {
      Plan.Verdict verdict = plan.verdicts().get(i);
      if (verdict.fault() != Plan.Fault.NONE) {
        mend(i, shown.get(i), verdict);
      }
    }
    acceptTheRest();
    plan.missing().forEach(this::draw);
    keys++;
    review.finish();
  }

  /** Once, and once more for each box too small to be seen without a closer look. */
  private void acceptTheRest() {
    for (int i = 0; !isPassing(); i++) {
      if (i > MOST_SPECKS) {
        throw new IllegalStateException("the rest of " + review.image() + " is never accepted");
      }
      press("Enter");
      review.still();
    }
  }

  private boolean isPassing() {
    return PASSING.matcher(review.stage().getAttribute("class")).find();
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
