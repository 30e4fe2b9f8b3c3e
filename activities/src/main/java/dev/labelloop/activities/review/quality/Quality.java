package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.quality.Agreement.Counts;
import dev.labelloop.activities.review.quality.HumanTimeFit.Timed;
import dev.labelloop.activities.review.quality.QualityReport.Person;
import dev.labelloop.activities.review.quality.StandingRepository.Standing;
import dev.labelloop.activities.review.quality.WorkRepository.Probed;
import dev.labelloop.activities.review.quality.WorkRepository.Said;
import dev.labelloop.activities.review.quality.WorkRepository.Worked;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.label.LabelledBox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what is known of a campaign's people and their work. */
public final class Quality {
  private final WorkRepository work;
  private final StandingRepository standings;
  private final CheckRepository checks;

  public Quality(WorkRepository work, StandingRepository standings, CheckRepository checks) {
    this.work = work;
    this.standings = standings;
    this.checks = checks;
  }

  /** As of now. */
  public QualityReport report(CampaignSpec spec) {
    List<Given> given = work.read(spec, Stream::toList);
    List<Given> newest = given.stream().filter(Given::newest).toList();
    List<Timed> timed = given.stream().filter(Given::timed).map(QualityReport::timed).toList();
    HumanTime time = HumanTimeFit.of(timed, HumanTime.BASE);
    Together together = Together.of(newest, spec.classes().size());
    List<Worked> worked = work.worked(spec.name());
    int overlap = spec.review().overlap();
    return new QualityReport(
        people(spec, given, together, worked, time),
        Pull.of(newest),
        work.settled(spec.name(), overlap),
        together.all(),
        together.kappa(),
        time,
        timed.size(),
        HumanTimeFit.byClass(timed, time),
        worked,
        Forecast.of(work.waiting(spec.name()), overlap, timed, time));
  }

  private List<Person> people(
      CampaignSpec spec,
      List<Given> given,
      Together together,
      List<Worked> worked,
      HumanTime time) {
    CampaignName campaign = spec.name();
    Map<String, List<Given>> answers = given.stream().collect(Collectors.groupingBy(Given::person));
    Map<String, Probed> probed = work.probed(campaign);
    Map<String, Map<Integer, Counts>> byClass = byClass(work.said(campaign));
    Map<String, List<Double>> scores = standings.scores(campaign);
    Map<String, Standing> stands = standings.all(campaign);
    Map<String, CheckRepository.Counts> checked = checks.counts(campaign);
    Map<String, Double> seconds =
        worked.stream()
            .collect(
                Collectors.groupingBy(Worked::person, Collectors.summingDouble(Worked::seconds)));
    Set<String> names = new TreeSet<>(answers.keySet());
    names.addAll(probed.keySet());
    names.addAll(stands.keySet());
    names.addAll(seconds.keySet());
    return names.stream()
        .map(
            name -> {
              List<Given> own = answers.getOrDefault(name, List.of());
              List<Given> newest = own.stream().filter(Given::newest).toList();
              List<Timed> timed =
                  own.stream().filter(Given::timed).map(QualityReport::timed).toList();
              Probed probes = probed.getOrDefault(name, Probed.NONE);
              return new Person(
                  name,
                  newest.size(),
                  newest.stream().mapToInt(answer -> answer.boxes().size()).sum(),
                  seconds.getOrDefault(name, 0.0),
                  newest.stream().mapToDouble(Given::seconds).average().orElse(Double.NaN),
                  probes,
                  ConfidenceSequence.of(scores.getOrDefault(name, List.of())),
                  together.kappa(name),
                  together.of(name),
                  probes.hasty() + hasty(own),
                  stands.get(name),
                  checked.getOrDefault(name, CheckRepository.Counts.NONE),
                  HumanTimeFit.of(timed, time),
                  timed.size(),
                  byClass.getOrDefault(name, Map.of()));
            })
        .toList();
  }

  private static int hasty(List<Given> given) {
    return given.stream().map(Given::hasty).mapToInt(hasty -> hasty == null ? 0 : hasty).sum();
  }

  private static Map<String, Map<Integer, Counts>> byClass(List<Said> said) {
    Map<String, Map<Integer, Counts>> all = new HashMap<>();
    for (Said one : said) {
      Map<Integer, Counts> own = all.computeIfAbsent(one.person(), name -> new TreeMap<>());
      Stream.concat(one.boxes().stream(), one.truth().stream())
          .map(LabelledBox::classIndex)
          .distinct()
          .forEach(c -> own.merge(c, Agreement.counts(one.boxes(), one.truth(), c), Counts::plus));
    }
    return all;
  }
}
