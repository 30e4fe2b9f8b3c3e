package dev.labelloop.worker.web.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.CampaignLabels;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What operators do with campaigns; each order is noted once it is carried out. */
public final class OrderPart implements Part {
  private static final List<String> AMENDABLE = List.of("budget", "deadline", "target", "rounds");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CampaignDesk desk;
  private final CampaignControl control;
  private final CampaignLabels labels;
  private final Notes notes;

  /** Where it is noted who did what. */
  public interface Notes {
    /**
     * Notes a deed.
     *
     * @param actor name of an account
     * @param action such as {@code campaign.pause}
     * @param subject the campaign
     * @param detail what else is to be known
     */
    void note(String actor, String action, String subject, Map<String, ?> detail);
  }

  public OrderPart(CampaignDesk desk, CampaignControl control, CampaignLabels labels, Notes notes) {
    this.desk = desk;
    this.control = control;
    this.labels = labels;
    this.notes = notes;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    order(routes, "pause", CampaignControl::pause);
    order(routes, "resume", CampaignControl::resume);
    order(routes, "finish", CampaignControl::finish);
    order(routes, "rollback", CampaignControl::rollBack);
    routes.post(DashboardPart.CAMPAIGN + "/amend", this::amend);
    routes.get(DashboardPart.CAMPAIGN + "/export", this::export);
  }

  private void order(
      RoutesConfig routes, String name, BiConsumer<CampaignControl, CampaignName> deed) {
    routes.post(
        DashboardPart.CAMPAIGN + "/" + name,
        c -> carryOut(c, name, Map.of(), campaign -> deed.accept(control, campaign)));
  }

  private interface Deed {
    void on(CampaignName campaign);
  }

  private void carryOut(Context context, String name, Map<String, ?> detail, Deed deed) {
    Caller caller = Caller.of(context, Role.OPERATOR);
    CampaignName campaign = DashboardPart.campaign(context);
    desk.spec(campaign);
    try {
      deed.on(campaign);
    } catch (BadInputException e) {
      throw Refusal.of(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }
    notes.note(caller.name(), "campaign." + name, campaign.value(), detail);
    Json.answer(context, desk.status(campaign));
  }

  private void amend(Context context) {
    Caller.of(context, Role.OPERATOR);
    Amendment amendment = amendment(Json.body(context));
    carryOut(
        context,
        "amend",
        Map.of("what", amendment.words()),
        campaign -> control.amend(campaign, amendment));
  }

  private static Amendment amendment(byte[] body) {
    JsonNode root = object(body);
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!AMENDABLE.contains(name)) {
                throw Refusal.badRequest(
                    "field '"
                        + name
                        + "' cannot be amended: only "
                        + String.join(", ", AMENDABLE)
                        + " can");
              }
            });
    Amendment amendment =
        new Amendment(share(root, "budget"), deadline(root), share(root, "target"), rounds(root));
    try {
      amendment.check();
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
    return amendment;
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.isObject()) {
        throw Refusal.badRequest("the body is no JSON object: send one such as {\"rounds\": 5}");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  private static @Nullable Double share(JsonNode root, String field) {
    JsonNode value = root.path(field);
    if (isAbsent(value)) {
      return null;
    }
    if (!value.isNumber()) {
      throw fault(field, value, "give a share above 0 and at most 1");
    }
    return value.doubleValue();
  }

  private static @Nullable Integer rounds(JsonNode root) {
    JsonNode value = root.path("rounds");
    if (isAbsent(value)) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw fault("rounds", value, "give a whole number");
    }
    return value.intValue();
  }

  private static @Nullable Duration deadline(JsonNode root) {
    JsonNode value = root.path("deadline");
    if (isAbsent(value)) {
      return null;
    }
    try {
      return Duration.parse(value.asText());
    } catch (DateTimeParseException e) {
      throw fault("deadline", value, "give a duration such as P1D (days) or PT8H (hours)");
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Refusal fault(String field, JsonNode value, String mend) {
    return Refusal.badRequest(field + " = " + value + ": " + mend);
  }

  private void export(Context context) throws IOException {
    Caller caller = Caller.of(context, Role.OPERATOR);
    CampaignName campaign = DashboardPart.campaign(context);
    List<String> classes = desk.spec(campaign).classes();
    String format = given(context, "format", "coco");
    CampaignLabels.Part part = part(given(context, "part", "all"));
    String name = campaign + "-" + part.name().toLowerCase(Locale.ROOT) + "-" + format;
    try (ExportZip zip =
        ExportZip.of(format, name, classes, labels.of(campaign, part).iterator())) {
      notes.note(
          caller.name(),
          "campaign.export",
          campaign.value(),
          Map.of("format", format, "part", part.name()));
      context
          .contentType("application/zip")
          .header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
      zip.writeTo(context.outputStream());
    }
  }

  private static String given(Context context, String name, String otherwise) {
    String value = context.queryParam(name);
    return value == null ? otherwise : value;
  }

  private static CampaignLabels.Part part(String word) {
    return Arrays.stream(CampaignLabels.Part.values())
        .filter(part -> part.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> Refusal.badRequest("part = " + word + ": use all, people or holdout"));
  }
}
