package dev.labelloop.activities.detector;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds a campaign's classes among those that pretrained weights know. */
public final class ClassMatching {
  /** Other names of COCO's classes, as VOC, Open Images and everyday use have them. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("motorbike", "motorcycle"),
          Map.entry("aeroplane", "airplane"),
          Map.entry("plane", "airplane"),
          Map.entry("bike", "bicycle"),
          Map.entry("automobile", "car"),
          Map.entry("pedestrian", "person"),
          Map.entry("human", "person"),
          Map.entry("sofa", "couch"),
          Map.entry("tvmonitor", "tv"),
          Map.entry("television", "tv"),
          Map.entry("pottedplant", "potted plant"),
          Map.entry("houseplant", "potted plant"),
          Map.entry("diningtable", "dining table"),
          Map.entry("mobile phone", "cell phone"),
          Map.entry("doughnut", "donut"));

  private ClassMatching() {}

  /** Place of the class among the known ones, case and synonyms aside; -1 if it is not there. */
  public static int find(String name, List<String> known) {
    String wanted = canonical(name);
    for (int i = 0; i < known.size(); i++) {
      if (canonical(known.get(i)).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static String canonical(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    return SYNONYMS.getOrDefault(plain, plain);
  }
}
