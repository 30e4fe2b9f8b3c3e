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

  CampaignLabels(ImageRepository images, LabelRepository labels, ReportRepository reports) {
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
          .forEach(pseudo -> boxes.put(pseudo.image(), pseudo(pseudo)));
    }
    Map<ImageId, List<LabelledBox>> people =
        part == Part.HOLDOUT
            ? labels.holdoutAnnotations(campaign)
            : labels.poolAnnotations(campaign);
    people.forEach((image, by) -> boxes.put(image, by.stream().map(CampaignLabels::sure).toList()));
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

  private static List<BoxLabel> pseudo(LabelRepository.PseudoLabels pseudo) {
    List<BoxLabel> all = new ArrayList<>();
    pseudo.boxes().forEach(box -> all.add(sure(box)));
    pseudo
        .ignore()
        .forEach(region -> all.add(new BoxLabel(region.box(), region.classIndex(), null, true)));
    return all;
  }

  private static BoxLabel sure(LabelledBox label) {
    return BoxLabel.of(label.box(), label.classIndex());
  }
}
