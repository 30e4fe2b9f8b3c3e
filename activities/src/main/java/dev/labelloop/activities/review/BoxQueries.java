package dev.labelloop.activities.review;

import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Single boxes that a person is asked about, in place of a whole image.
 *
 * @param proposals what is shown; queries name them by their place
 * @param queries the least certain first; none asks about the whole image
 * @param before the label that people gave in an earlier round, which is shown first and stands
 *     unless the person says otherwise; null if nobody has vouched for anything
 * @param places where something may be that nobody has looked at, not asked about either
 */
public record BoxQueries(
    List<Detection> proposals,
    List<BoxQuery> queries,
    @Nullable List<LabelledBox> before,
    List<LabelledBox> places) {
  /** One person's look at an image is worth some boxes; more of them, and it is the whole image. */
  static final int MOST = 5;

  /**
   * Below, a detection is as good as none, and its place background; as for pseudo-labels, whose
   * lower threshold it is (Efficient Teacher, Xu et al. 2023, <a
   * href="https://arxiv.org/abs/2302.07577">arXiv 2302.07577</a>).
   */
  static final double PLACE_FROM = 0.1;

  public BoxQueries {
    proposals = List.copyOf(proposals);
    queries = List.copyOf(queries);
    before = before == null ? null : List.copyOf(before);
    places = List.copyOf(places);
  }

  /** What is asked of a box. */
  public enum Ask {
    CLASS,
    GEOMETRY
  }

  /**
   * A box that a person is asked about.
   *
   * @param box place among the proposals
   * @param ask what of it is not certain
   */
  public record BoxQuery(int box, Set<Ask> ask) {}

  /**
   * A label in doubt.
   *
   * @param label what is labelled; null where an object seems to be overlooked
   * @param instead what a model would say
   * @param credit share of such words of a model that labels agree with, in [0, 1]
   */
  public record Suspect(
      SuspicionKind kind, @Nullable LabelledBox label, LabelledBox instead, double credit) {}

  /** The whole image that nobody has labelled. */
  public static BoxQueries none(List<Detection> found) {
    List<Detection> shown = found.stream().filter(Detection::shown).toList();
    return new BoxQueries(shown, List.of(), null, List.of());
  }

  /** The whole image with the label that stands. */
  static BoxQueries noneOf(List<LabelledBox> label) {
    return new BoxQueries(certain(label), List.of(), label, List.of());
  }

  /**
   * About an image that nobody has labelled: the least certain of the boxes shown, up to {@value
   * #MOST}. Of a box that is certain enough for a label, only the place is asked.
   *
   * @param found all that the model found
   * @param certain confidence from which a box needs no question
   */
  static BoxQueries ofDetections(List<Detection> found, double certain) {
    List<Detection> shown = found.stream().filter(Detection::shown).toList();
    List<BoxQuery> queries =
        IntStream.range(0, shown.size())
            .filter(i -> shown.get(i).confidence() < certain)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> shown.get(i).confidence()))
            .limit(MOST)
            .map(i -> new BoxQuery(i, Set.of(Ask.CLASS, Ask.GEOMETRY)))
            .toList();
    Set<Detection> asked =
        Set.copyOf(queries.stream().map(query -> shown.get(query.box())).distinct().toList());
    List<LabelledBox> places =
        found.stream()
            .filter(d -> d.confidence() >= PLACE_FROM && !asked.contains(d))
            .map(d -> new LabelledBox(d.box(), d.classIndex()))
            .toList();
    return queries.isEmpty() ? none(found) : new BoxQueries(shown, queries, null, places);
  }

  /**
   * About a label in doubt: what is doubtful of it and no more. An object that seems to be
   * overlooked is shown as one more box.
   *
   * @param label as people gave it
   * @param ignored places of which it says neither yes nor no
   */
  static BoxQueries ofLabel(
      List<LabelledBox> label, List<LabelledBox> ignored, List<Suspect> suspects) {
    List<Detection> shown = new ArrayList<>(certain(label));
    List<BoxQuery> queries = new ArrayList<>();
    for (Suspect suspect : suspects.stream().limit(MOST).toList()) {
      int box = suspect.label == null ? -1 : label.indexOf(suspect.label);
      switch (suspect.kind) {
        case BADLY_LOCATED -> ask(queries, box, Set.of(Ask.GEOMETRY));
        case SWAPPED -> ask(queries, box, Set.of(Ask.CLASS));
        case OVERLOOKED -> {
          shown.add(
              new Detection(suspect.instead.box(), suspect.instead.classIndex(), suspect.credit));
          ask(queries, shown.size() - 1, Set.of(Ask.CLASS, Ask.GEOMETRY));
        }
      }
    }
    return queries.isEmpty() ? noneOf(label) : new BoxQueries(shown, queries, label, ignored);
  }

  private static void ask(List<BoxQuery> queries, int box, Set<Ask> ask) {
    if (box >= 0 && queries.stream().noneMatch(query -> query.box == box)) {
      queries.add(new BoxQuery(box, ask));
    }
  }

  /** A person's boxes as they are shown to the next one: nothing about them is a guess. */
  private static List<Detection> certain(List<LabelledBox> label) {
    return label.stream().map(box -> new Detection(box.box(), box.classIndex(), 1)).toList();
  }

  /** For which images people are asked single boxes, if the campaign wants so. */
  static boolean areFor(Purpose purpose) {
    return purpose == Purpose.ACTIVE || purpose == Purpose.RECHECK;
  }

  /**
   * What a person says of a box.
   *
   * @param fixed the box as it should be, or as it is shown; null if there is no object
   */
  public record Verdict(Kind kind, @Nullable LabelledBox fixed) {
    /** Right, mended, or no object. */
    public enum Kind {
      CORRECT,
      FIXED,
      NOT_OBJECT
    }
  }

  /**
   * The label that comes of verdicts.
   *
   * @param boxes vouched for by people
   * @param ignore places that nobody has looked at: neither objects nor background
   * @param changed whether it differs from what was shown, or from the label that stood
   */
  public record Label(
      List<LabelledBox> boxes, List<LabelledBox> ignore, boolean changed, int kept, int touched) {}

  /**
   * Makes a label.
   *
   * @param verdicts of the queries, in their order
   */
  public Label label(List<Verdict> verdicts) {
    List<LabelledBox> boxes = new ArrayList<>();
    List<LabelledBox> looked = new ArrayList<>();
    for (int i = 0; i < proposals.size(); i++) {
      int query = query(i);
      if (query >= 0) {
        LabelledBox said = verdicts.get(query).fixed;
        looked.add(shown(i));
        Stream.ofNullable(said).forEach(looked::add);
        Stream.ofNullable(said).forEach(boxes::add);
      } else if (before != null) {
        boxes.add(shown(i));
      }
    }
    int kept = (int) verdicts.stream().filter(v -> v.kind == Verdict.Kind.CORRECT).count();
    boolean changed = before == null ? kept < verdicts.size() : !boxes.equals(before);
    return new Label(boxes, ignoring(looked), changed, kept, verdicts.size() - kept);
  }

  /**
   * Places that stay ignored when a person has looked at these; none where the whole image was
   * asked about.
   */
  public List<LabelledBox> ignoring(List<LabelledBox> looked) {
    return places.stream()
        .filter(
            place ->
                looked.stream()
                    .allMatch(box -> box.box().iou(place.box()) < ShownBoxes.SAME_OBJECT_IOU))
        .toList();
  }

  /** A proposal as a label. */
  public LabelledBox shown(int i) {
    return new LabelledBox(proposals.get(i).box(), proposals.get(i).classIndex());
  }

  private int query(int box) {
    return IntStream.range(0, queries.size())
        .filter(q -> queries.get(q).box == box)
        .findFirst()
        .orElse(-1);
  }
}
