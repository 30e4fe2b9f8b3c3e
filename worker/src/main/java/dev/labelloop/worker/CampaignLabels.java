package dev.labelloop.worker;

import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels that a campaign has made so far, to be handed to another tool. */
public final class CampaignLabels {
  private final ImageRepository images;
  private final LabelRepository labels;
  private final ReportRepository reports;

  public CampaignLabels(ImageRepository images, LabelRepository labels, ReportRepository reports) {
    this.images = images;
    this.labels = labels;
    this.reports = reports;
  }

  /** Which images' labels are wanted. */
  public enum Part {
    /** What people and the newest round's model labelled of the pool. */
    ALL,
    /** What people labelled of the pool. */
    PEOPLE,
    /** What the models are measured on. */
    HOLDOUT
  }

  /** The labelled images, sorted by path; what nobody has labelled is left out. */
  public List<ImageLabels> of(CampaignName campaign, Part part) {
    Map<ImageId, List<BoxLabel>> boxes = new TreeMap<>();
    if (part == Part.ALL) {
      List<CampaignReport.Round> rounds = reports.rounds(campaign);
      int newest = rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).round();
      labels
          .pseudoLabels(new RoundId(campaign, newest))
          .forEach(pseudo -> boxes.put(pseudo.image(), labels(pseudo.boxes(), pseudo.ignore())));
    }
    if (part == Part.HOLDOUT) {
      labels
          .holdoutAnnotations(campaign)
          .forEach((image, truth) -> boxes.put(image, labels(truth, List.of())));
    } else {
      labels
          .poolLabels(campaign)
          .forEach((image, label) -> boxes.put(image, labels(label.boxes(), label.ignore())));
    }
    Map<String, ImageLabels> byPath = new TreeMap<>();
    for (StoredImage image : images.all(campaign)) {
      List<BoxLabel> found = boxes.get(image.id());
      if (found != null) {
        byPath.put(
            image.path(), new ImageLabels(image.path(), image.width(), image.height(), found));
      }
    }
    return List.copyOf(byPath.values());
  }

  private static List<BoxLabel> labels(List<LabelledBox> boxes, List<LabelledBox> ignore) {
    List<BoxLabel> all = new ArrayList<>();
    boxes.forEach(box -> all.add(sure(box)));
    ignore.forEach(region -> all.add(new BoxLabel(region.box(), region.classIndex(), null, true)));
    return all;
  }

  private static BoxLabel sure(LabelledBox label) {
    return BoxLabel.of(label.box(), label.classIndex());
  }
}
