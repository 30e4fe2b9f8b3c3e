package dev.labelloop.activities.review.quality;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.Asking;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which images are set apart to see how well people work; drawn by keys, so always the same. */
public final class Slices {
  /** So that half of the known answers show what people find by themselves. */
  private static final double BLIND_PROBES = 0.5;

  /** A draw takes a microsecond. */
  private static final int LOOK = 500;

  private Slices() {}

  /**
   * Whether an image of a batch is shown without its proposals: the share {@code
   * review.quality.blind} of those that the strategy chose, where people are asked about whole
   * images in the built-in page.
   */
  public static boolean isBlind(CampaignSpec spec, RoundId round, ImageId image, Purpose purpose) {
    return purpose == Purpose.ACTIVE
        && spec.review().tool().equals(CampaignSpec.Review.DEFAULT_TOOL)
        && spec.review().ask() == Asking.IMAGES
        && uniform(spec, "blind slice", round.number(), image) < spec.review().quality().blind();
  }

  /** Whether another person is to look at an image's answer: the share {@code checks} of all. */
  public static boolean isChecked(CampaignSpec spec, RoundId round, ImageId image) {
    return uniform(spec, "check", round.number(), image) < spec.review().quality().checks();
  }

  /**
   * Whether a known answer comes before the next image of a batch, so that the share {@code probes}
   * of all that people see is known.
   *
   * @param place how many images of batches the person has got before
   */
  static boolean isProbed(CampaignSpec spec, String person, int place) {
    double share = spec.review().quality().probes();
    return uniform(spec, "probe", person, place) * (1 - share) < share;
  }

  /**
   * How many known answers will come before the next images of batches. Those that come later than
   * {@link #LOOK} images are counted by their share.
   *
   * @param place images of batches that the person has answered
   * @param images to come
   * @param drawn places that have had theirs
   */
  static int probesAhead(
      CampaignSpec spec, String person, int place, int images, Set<Integer> drawn) {
    int near = Math.min(images, LOOK);
    double share = spec.review().quality().probes();
    long later = Math.round((images - near) * share / (1 - share));
    return (int) later
        + (int)
            IntStream.range(place, place + near)
                .filter(next -> !drawn.contains(next) && isProbed(spec, person, next))
                .count();
  }

  /** Whether the proposals of a known answer are hidden. */
  static boolean isBlindProbe(CampaignSpec spec, String person, int place) {
    return uniform(spec, "blind probe", person, place) < BLIND_PROBES;
  }

  /** One of the images, in any order, whose answer is known. */
  static ImageId probe(CampaignSpec spec, String person, int place, List<ImageId> images) {
    int index = (int) (uniform(spec, "which probe", person, place) * images.size());
    return images.stream().sorted().skip(index).findFirst().orElseThrow();
  }

  private static double uniform(CampaignSpec spec, Object... key) {
    return Draws.uniform(spec.training().seed(), key);
  }
}
