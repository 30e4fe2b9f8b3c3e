package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a review costs a person's hands: a scripted reviewer who knows the truth answers real photos
 * in the real page, three fifths with a strong model's proposals, a fifth with a weak one's, and a
 * fifth drawing everything. The proposals are made of the truth with mistakes in known shares
 * ({@link Proposer}). Prints actions an image, each kind beside drawing the same photos; how long
 * the next image takes to open, beside the first; and frames a second ({@link Fluidity}).
 *
 * <pre>ReviewBenchmark IMAGES SEED FOLDER</pre>
 */
public final class ReviewBenchmark {
  private static final int SHARES = 5;

  /**
   * What one session came to.
   *
   * @param actions keys, clicks and drags, by photo
   * @param first milliseconds from the address to the first photo
   * @param opened milliseconds from leaving a photo to the next
   */
  private record Session(
      String what,
      List<Picture> photos,
      List<Integer> actions,
      Hands hands,
      double first,
      Percentiles opened,
      double seconds,
      int right) {
    /** Actions a photo over the first so many. */
    double actions(int photos) {
      return actions.stream().limit(photos).mapToInt(n -> n).average().orElse(Double.NaN);
    }
  }

  private ReviewBenchmark() {}

  public static void main(String... args) throws Exception {
    int images = Math.max(SHARES, Integer.parseInt(args[0]));
    long seed = Long.parseLong(args[1]);
    Photos photos = Photos.in(Path.of(args[2]));
    int few = images / SHARES;
    List<Picture> drawn = photos.draw(images - 2 * few, seed);
    int classes = photos.classes().size();
    System.out.printf("%d answers to photos of %s, seed %d%n", images, args[2], seed);
    try (Studio studio = new Studio()) {
      Session all = session(studio, photos, "drawing", null, drawn.subList(0, few));
      Session weak = session(studio, photos, "weak", Proposer.weak(classes), drawn.subList(0, few));
      Session strong = session(studio, photos, "strong", Proposer.strong(classes), drawn);
      compare(strong, weak, all, few);
      Fluidity.print(studio);
      Opening.print(studio);
    }
  }

  private static Session session(
      Studio studio, Photos from, String what, @Nullable Proposer proposer, List<Picture> photos)
      throws Exception {
    List<Picture> shown =
        photos.stream().map(photo -> proposer == null ? photo : seen(photo, proposer)).toList();
    Publication publication =
        Publication.of(what).classes(from.classes().toArray(new String[0])).pictures(shown);
    List<ImageId> ids = studio.publish(publication);
    Map<String, Picture> byId = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      byId.put(ids.get(i).value(), shown.get(i));
    }
    List<Integer> actions = new ArrayList<>();
    try (Visit visit = studio.visit(what, Role.REVIEWER)) {
      long start = System.nanoTime();
      ReviewPage review = visit.review(what);
      double first = (System.nanoTime() - start) / 1e6;
      Opening.watch(review);
      Hands hands = new Hands(review);
      for (int i = 0; i < shown.size(); i++) {
        review.shown();
        String image = review.image();
        int before = hands.keys() + hands.clicks();
        hands.answer(byId.get(image.substring(image.lastIndexOf('/') + 1)));
        actions.add(hands.keys() + hands.clicks() - before);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Percentiles opened = Opening.of(review);
      review.assertStored();
      int right = right(studio, publication, ids, from.classes());
      Session session = new Session(what, shown, actions, hands, first, opened, seconds, right);
      print(session);
      return session;
    }
  }

  private static Picture seen(Picture photo, Proposer proposer) {
    return photo.seen(proposer.propose(photo.file(), photo.width(), photo.height(), photo.truth()));
  }

  private static void print(Session session) {
    int n = session.photos.size();
    System.out.printf(
        Locale.ROOT,
        "%s: %d photos with %d things and %d proposals, %.0f s; %d answers are as the truth%n"
            + "  a photo: %.2f keys and %.2f clicks or drags%n"
            + "  the next photo opens after %s; the first of the session after %.0f ms%n",
        session.what,
        n,
        session.photos.stream().mapToInt(photo -> photo.truth().size()).sum(),
        session.photos.stream().mapToInt(photo -> photo.proposals().size()).sum(),
        session.seconds,
        session.right,
        (double) session.hands.keys() / n,
        (double) session.hands.clicks() / n,
        session.opened,
        session.first);
  }

  private static void compare(Session strong, Session weak, Session drawing, int photos) {
    double all = drawing.actions(photos);
    System.out.printf(
        Locale.ROOT,
        "the same %d photos take %.2f actions each with strong proposals, %.2f with weak ones, and"
            + " %.2f drawing everything: %.0f %% and %.0f %% of these%n",
        photos,
        strong.actions(photos),
        weak.actions(photos),
        all,
        100 * strong.actions(photos) / all,
        100 * weak.actions(photos) / all);
  }

  /** Answers that leave nothing to be done. */
  private static int right(
      Studio studio, Publication publication, List<ImageId> ids, List<String> classes) {
    int right = 0;
    for (int i = 0; i < ids.size(); i++) {
      String batch = publication.name + "/r1/b" + i / publication.batchSize();
      JsonNode view = studio.admin().get("/api/review/" + batch + "/" + ids.get(i)).ok();
      List<LabelledBox> boxes = new ArrayList<>();
      for (JsonNode box : view.at("/answer/boxes")) {
        boxes.add(
            new LabelledBox(
                new Box(
                    box.get("x").asDouble(),
                    box.get("y").asDouble(),
                    box.get("width").asDouble(),
                    box.get("height").asDouble()),
                classes.indexOf(box.get("class").asText())));
      }
      if (Plan.of(boxes, publication.pictures().get(i).truth()).isRight()) {
        right++;
      }
    }
    return right;
  }
}
