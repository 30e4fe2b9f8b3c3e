package dev.labelloop.activities.dataset;

import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.heartbeat.Heartbeat;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.Draws;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ImageId;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.dataset.ScanProgress;
import dev.labelloop.label.LabelledBox;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Scans the folder, sets the holdout apart, stores everything at once; stores amendments. */
public final class DatasetActivitiesImpl implements DatasetActivities {
  private static final int SHARDS = 16;
  private static final int LEAST_SHARD = 32;

  /** Minutes of inference on a CPU; a retry costs no more. */
  private static final int LARGEST_SHARD = 1_000;

  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final FolderScan scan;

  public DatasetActivitiesImpl(
      CampaignRepository campaigns, ImageRepository images, FolderScan scan) {
    this.campaigns = campaigns;
    this.images = images;
    this.scan = scan;
  }

  @Override
  public DatasetSummary registerDataset(CampaignName campaign) {
    if (images.summary(campaign).isEmpty()) {
      try (Heartbeat heartbeat = Heartbeat.start()) {
        CampaignSpec spec = campaigns.spec(campaign);
        long start = System.nanoTime();
        FolderScan.Result found =
            scan.scan(
                Path.of(spec.images()), (done, of) -> heartbeat.note(progress(done, of, start)));
        images.insertIfAbsent(
            campaign, dataset(spec, found, () -> heartbeat.note(all(found, start))));
      } catch (BadDatasetException | InvalidLabelsException e) {
        throw ApplicationFailure.newNonRetryableFailureWithCause(
            e.getMessage(), FinalFailure.BAD_DATASET, e);
      }
    }
    return images.summary(campaign).orElseThrow();
  }

  /** While the images are compared, all of them are read. */
  private static ScanProgress all(FolderScan.Result found, long start) {
    int files = found.images().size() + found.quarantine().size() + found.duplicates().size();
    return progress(files, files, start);
  }

  private static ScanProgress progress(int done, int total, long start) {
    return new ScanProgress(done, total, done / ((System.nanoTime() - start) / 1e9));
  }

  @Override
  public void storeAmendment(AmendmentRequest request) {
    campaigns.amend(request);
  }

  private static ImageRepository.Dataset dataset(
      CampaignSpec spec, FolderScan.Result found, Runnable step) {
    Map<String, String> quarantine = new TreeMap<>();
    found.quarantine().forEach(q -> quarantine.put(q.path(), q.reason()));
    Map<String, ImageId> duplicates = new TreeMap<>();
    found.duplicates().forEach(d -> duplicates.put(d.path(), d.image()));
    String file = spec.holdout().file();
    Map<ImageId, List<LabelledBox>> truth =
        file == null
            ? Map.of()
            : TruthFile.read(Path.of(file), named(found), quarantine, spec.classes());
    Set<ImageId> apart = file == null ? drawn(spec, found.images()) : truth.keySet();
    List<StoredImage> pool = part(found.images(), apart, false);
    List<StoredImage> holdout = part(found.images(), apart, true);
    if (pool.isEmpty()) {
      throw new BadDatasetException(
          "all "
              + holdout.size()
              + " images of "
              + spec.images()
              + " are in the holdout: leave some for the pool");
    }
    if (holdout.isEmpty()) {
      throw new BadDatasetException(
          "no image of "
              + spec.images()
              + " is in the holdout, so models could not be measured: name a holdout file whose"
              + " images lie there, or a larger fraction");
    }
    DatasetSummary summary =
        new DatasetSummary(
            pool.size(),
            holdout.size(),
            file == null ? holdout.size() : 0,
            quarantine.size(),
            duplicates.size(),
            shardSize(spec, pool.size()));
    return new ImageRepository.Dataset(
        summary,
        pool,
        holdout,
        truth,
        file == null ? "" : "file " + Path.of(file).getFileName(), // people see it: no folders
        quarantine,
        duplicates,
        NearDuplicates.find(pool, holdout, found.hashes(), step));
  }

  /** Every image under every path it lies at; a label file may name any of them. */
  private static List<StoredImage> named(FolderScan.Result found) {
    List<StoredImage> all = new ArrayList<>(found.images());
    Map<ImageId, StoredImage> byId = new TreeMap<>();
    found.images().forEach(image -> byId.put(image.id(), image));
    found
        .duplicates()
        .forEach(
            d -> {
              StoredImage first = byId.get(d.image());
              if (first != null) {
                all.add(new StoredImage(d.image(), d.path(), first.width(), first.height()));
              }
            });
    return all;
  }

  private static Set<ImageId> drawn(CampaignSpec spec, List<StoredImage> all) {
    Double fraction = spec.holdout().fraction();
    int size = Share.of(all.size(), fraction == null ? 0 : fraction);
    return Set.copyOf(
        all.stream()
            .map(StoredImage::id)
            .sorted(
                Comparator.comparingDouble(
                        (ImageId id) -> Draws.uniform(spec.training().seed(), "holdout", id))
                    .thenComparing(id -> id))
            .limit(size)
            .toList());
  }

  private static List<StoredImage> part(
      List<StoredImage> all, Set<ImageId> apart, boolean holdout) {
    return all.stream()
        .filter(image -> apart.contains(image.id()) == holdout)
        .sorted(Comparator.comparing(StoredImage::id))
        .toList();
  }

  private static int shardSize(CampaignSpec spec, int pool) {
    Integer wanted = spec.prediction().shardSize();
    int share = (pool + SHARDS - 1) / SHARDS;
    return wanted != null ? wanted : Math.max(LEAST_SHARD, Math.min(LARGEST_SHARD, share));
  }
}
