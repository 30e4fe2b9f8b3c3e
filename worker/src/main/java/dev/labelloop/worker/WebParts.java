package dev.labelloop.worker;

import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.dashboard.Reading;
import dev.labelloop.activities.evaluation.gate.MapIntervals;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AdjudicationRepository;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Batches;
import dev.labelloop.activities.review.ItemRepository;
import dev.labelloop.activities.review.LeaseRepository;
import dev.labelloop.activities.review.OutboxRepository;
import dev.labelloop.activities.review.quality.CheckRepository;
import dev.labelloop.activities.review.quality.ProbeDrawRepository;
import dev.labelloop.activities.review.quality.ProbeRepository;
import dev.labelloop.activities.review.quality.Quality;
import dev.labelloop.activities.review.quality.StandingRepository;
import dev.labelloop.activities.review.quality.WorkRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.activities.storage.ScaledImages;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.account.AccountPart;
import dev.labelloop.worker.web.account.ProviderSettings;
import dev.labelloop.worker.web.dashboard.CampaignControl;
import dev.labelloop.worker.web.dashboard.CampaignDesk;
import dev.labelloop.worker.web.dashboard.DashboardPart;
import dev.labelloop.worker.web.dashboard.LivePart;
import dev.labelloop.worker.web.dashboard.OrderPart;
import dev.labelloop.worker.web.image.ImageFiles;
import dev.labelloop.worker.web.image.ImagePart;
import dev.labelloop.worker.web.page.PagePart;
import dev.labelloop.worker.web.quality.KnownAnswers;
import dev.labelloop.worker.web.quality.Pauses;
import dev.labelloop.worker.web.quality.QualityPart;
import dev.labelloop.worker.web.review.AdjudicationPart;
import dev.labelloop.worker.web.review.BatchCompleter;
import dev.labelloop.worker.web.review.CampaignDoor;
import dev.labelloop.worker.web.review.ReviewDesk;
import dev.labelloop.worker.web.review.ReviewPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people and scripts reach over HTTP.
 *
 * @param door to the campaigns, for finished batches
 * @param control of the campaigns, for the dashboard
 * @param passwords how they are hashed
 */
public record WebParts(
    Database database,
    ImageDecoder decoder,
    ScaledImages scaledImages,
    CampaignDoor door,
    CampaignControl control,
    Passwords passwords) {

  /**
   * The parts of a server.
   *
   * @param front how people reach it
   * @param provider that vouches for people; null: there is none
   * @param more parts
   */
  public List<Part> all(Front front, @Nullable ProviderSettings provider, Part... more) {
    CampaignRepository campaigns = new CampaignRepository(database);
    ImageRepository images = new ImageRepository(database);
    LabelRepository labels = new LabelRepository(database);
    ReportRepository reports = new ReportRepository(database);
    AuditRepository audit = new AuditRepository(database);
    CampaignDesk dashboard = dashboard(campaigns, images, labels, reports);
    List<Part> parts = new ArrayList<>();
    parts.add(new AccountPart(AccountStores.on(database), passwords, front, provider));
    parts.addAll(review(campaigns));
    parts.add(new DashboardPart(dashboard));
    parts.add(new LivePart(dashboard));
    parts.add(
        new OrderPart(dashboard, control, new CampaignLabels(images, labels, reports), audit::add));
    parts.add(new ImagePart(new ImageFiles(campaigns, images, decoder, scaledImages)));
    parts.addAll(List.of(more));
    parts.add(new PagePart()); // last: to it every first word of an address is a page's name
    return parts;
  }

  private List<Part> review(CampaignRepository campaigns) {
    BatchRepository batches = new BatchRepository(database);
    AnswerRepository answers = new AnswerRepository(database);
    StandingRepository standings = new StandingRepository(database);
    CheckRepository checks = new CheckRepository(database);
    BatchCompleter completer =
        new BatchCompleter(batches, answers, new OutboxRepository(database), door);
    ReviewDesk desk =
        new ReviewDesk(
            campaigns,
            new Batches(campaigns, new ItemRepository(database)),
            batches,
            answers,
            new LeaseRepository(database),
            door,
            new Pauses(standings),
            new KnownAnswers(new ProbeDrawRepository(database), new ProbeRepository(database)));
    return List.of(
        new ReviewPart(desk, completer),
        new AdjudicationPart(desk, new AdjudicationRepository(database), answers, completer),
        new QualityPart(
            campaigns,
            new Quality(new WorkRepository(database), standings, checks),
            standings,
            checks));
  }

  private CampaignDesk dashboard(
      CampaignRepository campaigns,
      ImageRepository images,
      LabelRepository labels,
      ReportRepository reports) {
    Reading reading = Reading.of(database);
    MapIntervals intervals =
        new MapIntervals(
            campaigns, images, new PredictionRepository(database), labels, reading.intervals());
    return new CampaignDesk(campaigns, images, reports, reading, control, intervals);
  }
}
