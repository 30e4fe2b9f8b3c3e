package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.coco.AreaRange;
import dev.labelloop.activities.evaluation.coco.Protocol;
import dev.labelloop.activities.evaluation.coco.Protocol.Rules;
import dev.labelloop.worker.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an evaluation measures, and by whose rules. */
final class EvaluationOptions {
  private static final Pattern AREA = Pattern.compile("([^=]+)=(.+?)\\.\\.(.*)");

  @Option(
      names = "--rules",
      paramLabel = "RULES",
      defaultValue = "coco",
      description = {
        "coco, or lvis for a truth in which each image is labelled with some of the classes",
        "(default: ${DEFAULT-VALUE})."
      })
  private Rules rules;

  @Option(
      names = "--iou",
      paramLabel = "LIST",
      description = {
        "IoU thresholds, as in 0.5,0.75 or first:last:step, 16 at most",
        "(default: 0.5:0.95:0.05)."
      })
  private @Nullable String iou;

  @Option(
      names = "--areas",
      split = ",",
      paramLabel = "NAME=FROM..TO",
      description = {
        "Sizes of objects in square pixels, both ends inside, besides all of them",
        "(default: small=0..1024,medium=1024..9216,large=9216..)."
      })
  private @Nullable List<String> areas;

  @Option(
      names = "--max-detections",
      paramLabel = "LIST",
      description = {
        "Most detections of a class and image that count, three numbers (default: 1,10,100); by",
        "LVIS's rules one number, of an image (default: 300)."
      })
  private @Nullable String maxDetections;

  Protocol protocol() {
    Protocol protocol = rules == Rules.LVIS ? Protocol.LVIS : Protocol.STANDARD;
    if (iou != null) {
      double[] thresholds = thresholds(iou);
      protocol = with(protocol, "--iou", p -> p.withThresholds(thresholds));
    }
    if (areas != null) {
      List<AreaRange> ranges = areas.stream().map(EvaluationOptions::area).toList();
      protocol = with(protocol, "--areas", p -> p.withAreas(ranges));
    }
    if (maxDetections != null) {
      int[] limits = limits(maxDetections);
      protocol = with(protocol, "--max-detections", p -> p.withLimits(limits));
    }
    return protocol;
  }

  private static Protocol with(Protocol protocol, String option, UnaryOperator<Protocol> change) {
    try {
      return change.apply(protocol);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(option + ": " + e.getMessage());
    }
  }

  private static double[] thresholds(String text) {
    String[] range = text.split(":", -1);
    if (range.length == 1) {
      return Arrays.stream(text.split(",", -1)).mapToDouble(t -> number("--iou", t)).toArray();
    }
    if (range.length != 3) {
      throw new BadInputException("--iou " + text + ": write a,b,c or first:last:step");
    }
    double first = number("--iou", range[0]);
    double last = number("--iou", range[1]);
    double points = Math.rint((last - first) / number("--iou", range[2])) + 1;
    if (!(points >= 1 && points <= Protocol.MOST_THRESHOLDS)) {
      throw new BadInputException(
          "--iou " + text + ": makes no list of 1 to " + Protocol.MOST_THRESHOLDS + " thresholds");
    }
    return Protocol.linspace(first, last, (int) points);
  }

  private static int[] limits(String text) {
    return Arrays.stream(text.split(",", -1))
        .mapToInt(
            limit -> {
              try {
                return Integer.parseInt(limit.strip());
              } catch (NumberFormatException e) {
                throw new BadInputException(
                    "--max-detections " + text + ": '" + limit + "' is no whole number");
              }
            })
        .toArray();
  }

  private static AreaRange area(String text) {
    Matcher range = AREA.matcher(text);
    if (!range.matches()) {
      throw new BadInputException("--areas " + text + ": write NAME=FROM..TO or NAME=FROM..");
    }
    String end = range.group(3);
    double from = number("--areas", range.group(2));
    double to = end.isEmpty() ? AreaRange.LARGEST : number("--areas", end);
    try {
      return new AreaRange(range.group(1), from, to);
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--areas: " + e.getMessage());
    }
  }

  private static double number(String option, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadInputException(option + ": '" + text + "' is no number");
    }
  }
}
