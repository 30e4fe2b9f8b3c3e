package dev.labelloop.worker.solo;

import dev.labelloop.activities.detector.BoxFusion;
import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.detector.DetectorFamily;
import dev.labelloop.activities.detector.InitialModel;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.detector.yolox.YoloxFamily;
import dev.labelloop.activities.label.quality.AuditedImage;
import dev.labelloop.activities.label.quality.LabelAudit;
import dev.labelloop.activities.label.quality.Suspicion;
import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.model.TrainingSpec;
import dev.labelloop.prediction.Detection;
import dev.labelloop.worker.solo.InjectedFaults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many faults put into real labels are found, and how soon.
 *
 * <p>A tenth of all labels of a {@link WholeDataset} is spoilt: a third of these are taken away, a
 * third are moved and a third get another class. Three models are trained from COCO's weights, each
 * on the faulty labels of two thirds of the images, and each predicts the third that it has not
 * seen. Held against the labels is what it says together with COCO's own model, if that knows the
 * classes, as in a campaign.
 *
 * <p>The review order is that of all suspicions; its first tenth is as many of them as a tenth of
 * the labels. A suspicion is right if it is about a label at fault, or about a place where one is
 * missing; the labels' own faults count as none. A fault that is found twice counts once.
 *
 * <p>Arguments: the folder of data sets, the folder of models, a task or {@code all}, a seed, and
 * perhaps a folder to keep the models in, from which a run that was broken off goes on.
 */
public final class LabelErrorBenchmark {
  /** Of each kind: a tenth of all labels is at fault, as many as the review order is read for. */
  private static final double SHARE = 1.0 / 30;

  private static final DetectorFamily FAMILY = new YoloxFamily();
  private static final String SIZE = "nano";
  private static final int FOLDS = 3;
  private static final int BATCH = 8;
  private static final double RATE = 1e-3;
  private static final int FIRST = 100;
  private static final double SAME_OBJECT_IOU = 0.5;
  private static final double PRECISION = 0.70;
  private static final double FOUND = 0.60;

  private record Task(String name, String dataset, int epochs, int input) {}

  private static final Task[] TASKS = {
    new Task("bccd", "bccd", 8, 256), // large cells: small pictures do
    new Task("vehicles", "vehicles-openimages", 6, 416), // more of them learn the faults
  };

  private LabelErrorBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path datasets = Path.of(args[0]);
    ModelFiles weights =
        ModelFiles.at(Path.of(args[1]).resolve("yolox-nano-coco/yolox_nano_416_coco.safetensors"));
    long seed = Long.parseLong(args[3]);
    List<String> figures = new ArrayList<>();
    boolean holds = true;
    for (Task task : TASKS) {
      if (args[2].equals("all") || args[2].equals(task.name)) {
        Path work =
            args.length > 4
                ? Path.of(args[4]).resolve(task.name)
                : Files.createTempDirectory("label-error-benchmark");
        Outcome outcome = run(task, datasets.resolve(task.dataset), weights, seed, work);
        holds &= outcome.precision >= PRECISION && outcome.found >= FOUND;
        figures.add(
            text(
                "%s precision@%d %.2f, found %.0f %%",
                task.name, FIRST, outcome.precision, 100 * outcome.found));
        if (args.length <= 4) {
          Folders.delete(work);
        }
      }
    }
    System.out.println(
        String.join("; ", figures)
            + text(
                "; asked %.2f and %.0f %%: %s", PRECISION, 100 * FOUND, holds ? "met" : "MISSED"));
    if (!holds) {
      System.exit(1);
    }
  }

  /** Precision of the first suspicions, and the share of faults in the first tenth. */
  private record Outcome(double precision, double found) {}

  private static Outcome run(Task task, Path folder, ModelFiles weights, long seed, Path work)
      throws IOException {
    Files.createDirectories(work);
    LabelledFolder clean = WholeDataset.read(folder, work);
    InjectedFaults injected = InjectedFaults.into(clean, SHARE, seed);
    LabelledFolder faulty = clean.with(injected.examples());
    TrainingSpec spec = new TrainingSpec(task.epochs, BATCH, task.input, RATE, seed);
    System.out.println(
        text(
            "%s: %d images, %d labels, %d faults of each kind; %d folds, %d epochs at %d px, seed %d",
            task.name,
            clean.examples().size(),
            faulty.boxes(),
            injected.faults().size() / SuspicionKind.values().length,
            FOLDS,
            task.epochs,
            task.input,
            seed));
    List<AuditedImage> audited = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      audited.addAll(outOfFold(faulty, fold, weights, spec, work.resolve("fold" + fold)));
    }
    return judge(audited, injected.faults(), clean.boxes() / 10);
  }

  private static List<AuditedImage> outOfFold(
      LabelledFolder data, int fold, ModelFiles weights, TrainingSpec spec, Path out)
      throws IOException {
    Map<Boolean, List<TrainingExample>> parts =
        data.examples().stream()
            .collect(Collectors.partitioningBy(e -> fold(e, spec.seed()) == fold));
    List<TrainingExample> unseen = parts.getOrDefault(true, List.of());
    Files.createDirectories(out.resolve("first"));
    InitialModel first =
        FAMILY.initial(
            SIZE, data.classes(), weights, spec.input(), spec.seed(), out.resolve("first"));
    List<ModelFiles> models = new ArrayList<>();
    models.add(
        new SoloTraining(FAMILY, SIZE, weights, spec)
            .train(
                data.with(parts.getOrDefault(false, List.of())), out, LabelErrorBenchmark::show));
    if (!first.knownClasses().isEmpty()) {
      models.add(first.files());
    }
    Map<ImageId, List<List<Detection>>> said = new HashMap<>();
    for (ModelFiles model : models) {
      try (Detector detector = FAMILY.load(model)) {
        for (TrainingExample example : unseen) {
          said.computeIfAbsent(example.image(), image -> new ArrayList<>())
              .add(detector.detect(List.of(data.picture(example.image()))).get(0).detections());
        }
      }
    }
    return unseen.stream()
        .map(
            e ->
                new AuditedImage(
                    e.image(), e.boxes(), BoxFusion.of(said.getOrDefault(e.image(), List.of()))))
        .toList();
  }

  private static int fold(TrainingExample example, long seed) {
    return (int) (Draws.uniform(seed, example.image(), "fold") * FOLDS);
  }

  private static Outcome judge(List<AuditedImage> audited, List<Fault> faults, int tenth) {
    LabelAudit audit = LabelAudit.calibratedOn(audited);
    List<Suspicion> order =
        audited.stream()
            .flatMap(image -> audit.suspicions(image).stream())
            .sorted(Suspicion.REVIEW_ORDER)
            .toList();
    judge("ObjectLab as published", PublishedScores.order(audited), faults, tenth);
    return judge("ours", order, faults, tenth);
  }

  private static Outcome judge(String name, List<Suspicion> order, List<Fault> faults, int tenth) {
    List<Fault> early = found(order, FIRST, faults);
    List<Fault> soon = found(order, tenth, faults);
    Outcome outcome =
        new Outcome(early.size() / (double) FIRST, soon.size() / (double) faults.size());
    System.out.println(
        text(
            "  %s: precision@%d %.2f, found %.0f %%",
            name, FIRST, outcome.precision, 100 * outcome.found));
    for (SuspicionKind kind : SuspicionKind.values()) {
      System.out.println(
          text(
              "    %s: %d suspicions; faults found: %d in the first %d, %d in the first %d, %d in all",
              kind,
              order.stream().filter(s -> s.kind() == kind).count(),
              count(early, kind),
              FIRST,
              count(soon, kind),
              tenth,
              count(found(order, order.size(), faults), kind)));
    }
    return outcome;
  }

  private static long count(List<Fault> faults, SuspicionKind kind) {
    return faults.stream().filter(f -> f.kind() == kind).count();
  }

  /** The faults that the first suspicions point at. */
  private static List<Fault> found(List<Suspicion> order, int first, List<Fault> faults) {
    List<Suspicion> read = order.subList(0, Math.min(first, order.size()));
    return faults.stream()
        .filter(fault -> read.stream().anyMatch(suspicion -> pointsAt(suspicion, fault)))
        .toList();
  }

  private static boolean pointsAt(Suspicion suspicion, Fault fault) {
    return suspicion.image().equals(fault.image())
        && (suspicion.label() != null
            ? fault.kind() != SuspicionKind.OVERLOOKED && suspicion.label().equals(fault.wrong())
            : fault.kind() != SuspicionKind.SWAPPED
                && suspicion.instead().box().iou(fault.right().box()) >= SAME_OBJECT_IOU);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void show(int step, int steps, double loss) {
    if (step % 50 == 0) {
      System.err.printf(Locale.ROOT, "step %d of %d, loss %.2f%n", step, steps, loss);
    }
  }
}
