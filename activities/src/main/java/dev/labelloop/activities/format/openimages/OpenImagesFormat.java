package dev.labelloop.activities.format.openimages;

import java.util.List;

/** Names of files and columns; files of a part have its name before theirs. */
final class OpenImagesFormat {
  static final String BOXES = "annotations-bbox.csv";
  static final String CLASSES = "class-descriptions-boxable.csv";
  static final String IMAGES = "images-boxable.csv";

  static final String IMAGE_ID = "ImageID";

  static final List<String> BOX_COLUMNS =
      List.of(
          IMAGE_ID,
          "Source",
          "LabelName",
          "Confidence",
          "XMin",
          "XMax",
          "YMin",
          "YMax",
          "IsOccluded",
          "IsTruncated",
          "IsGroupOf",
          "IsDepiction",
          "IsInside");

  static final List<String> READ_COLUMNS =
      List.of(IMAGE_ID, "LabelName", "Confidence", "XMin", "XMax", "YMin", "YMax", "IsGroupOf");

  private OpenImagesFormat() {}
}
