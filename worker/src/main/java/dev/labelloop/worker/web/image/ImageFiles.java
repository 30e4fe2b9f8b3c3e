package dev.labelloop.worker.web.image;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.activities.storage.ScaledImages;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bytes of registered images, found by id alone: no path comes from a client. */
public final class ImageFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFiles.class);

  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final ImageDecoder decoder;
  private final ScaledImages scaled;

  public ImageFiles(
      CampaignRepository campaigns,
      ImageRepository images,
      ImageDecoder decoder,
      ScaledImages scaled) {
    this.campaigns = campaigns;
    this.images = images;
    this.decoder = decoder;
    this.scaled = scaled;
  }

  /** The file as it is, EXIF orientation and all: browsers turn it upright. */
  byte[] bytes(CampaignName campaign, ImageId id) {
    StoredImage image = image(campaign, id);
    try {
      return read(campaign, image);
    } catch (ImageRejectedException | UncheckedIOException e) {
      throw gone(campaign, id, e);
    }
  }

  /** An upright JPEG of it whose longer side has so many pixels, or as many as the image has. */
  byte[] scaled(CampaignName campaign, ImageId id, int side) {
    StoredImage image = image(campaign, id);
    try {
      return scaled.of(id, side, () -> harmless(campaign, image));
    } catch (ImageRejectedException | UncheckedIOException e) {
      throw gone(campaign, id, e);
    }
  }

  private StoredImage image(CampaignName campaign, ImageId id) {
    return images
        .find(campaign, id)
        .orElseThrow(
            () ->
                Refusal.notFound("there is no image " + id + " in a campaign '" + campaign + "'"));
  }

  /** A picture that has crashed a process of its own must not be decoded in this one. */
  private byte[] harmless(CampaignName campaign, StoredImage image) {
    if (images.crashing(campaign).contains(image.path())) {
      throw new ImageRejectedException(image.path() + " crashes what decodes it");
    }
    return read(campaign, image);
  }

  private byte[] read(CampaignName campaign, StoredImage image) {
    Path folder = Path.of(campaigns.spec(campaign).images());
    return new ImageStore(folder, decoder).bytes(image.id(), image.path());
  }

  private static Refusal gone(CampaignName campaign, ImageId id, RuntimeException e) {
    LOG.warn("image {} of campaign {} cannot be shown", id, campaign, e);
    return Refusal.of(
        HttpStatus.GONE,
        "the file of image " + id + " is gone, damaged or has changed: put the old one back");
  }

  /** The media type told by the first bytes; only what is registered is known. */
  static String mediaType(byte[] file) {
    if (begins(file, 0xff, 0xd8, 0xff)) {
      return "image/jpeg";
    }
    if (begins(file, 0x89, 'P', 'N', 'G')) {
      return "image/png";
    }
    return begins(file, 'B', 'M') ? "image/bmp" : "application/octet-stream";
  }

  private static boolean begins(byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= file.length || Byte.toUnsignedInt(file[i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
