package dev.labelloop.worker.web.page;

import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import dev.labelloop.worker.web.page.Assets.Asset;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pages. {@code /} is {@code index.html}, {@code /review} is {@code review.html}; everything
 * that a page needs lies below {@code /assets/}, by the same names as in the program's resources. A
 * browser asks each time whether its copy is still good (304), so that a new version of the program
 * is never mixed with an old one's scripts.
 */
public final class PagePart implements Part {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  /** What people see who have followed a wrong link; scripts get JSON. */
  private static final String MISSING = "missing.html";

  private final Assets assets = new Assets();

  @Override
  public void addTo(RoutesConfig routes) {
    read(routes, "/", c -> page(c, "index"));
    read(routes, "/{page}", c -> page(c, c.pathParam("page")));
    read(routes, "/assets/<file>", c -> send(c, asset(c, c.pathParam("file"))));
    routes.error(HttpStatus.NOT_FOUND, "html", this::missing);
  }

  private static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void page(Context context, String name) {
    Asset page = asset(context, name + ".html");
    asPage(context);
    send(context, page);
  }

  private void missing(Context context) {
    if (!context.path().startsWith("/api/") && !context.path().startsWith("/assets/")) {
      Asset page = asset(context, MISSING);
      asPage(context);
      context.contentType(page.type()).result(page.bytes());
    }
  }

  private static void asPage(Context context) {
    context.header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer");
  }

  private Asset asset(Context context, String name) {
    return assets
        .named(name)
        .orElseThrow(() -> Refusal.notFound("there is nothing at " + context.path()));
  }

  private static void send(Context context, Asset asset) {
    context.header("Cache-Control", "no-cache").header("ETag", asset.tag());
    if (holds(context.header("If-None-Match"), asset.tag())) {
      context.status(HttpStatus.NOT_MODIFIED);
    } else {
      context.contentType(asset.type()).result(asset.bytes());
    }
  }

  private static boolean holds(@Nullable String tags, String tag) {
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(String::strip)
            .anyMatch(t -> t.equals(tag) || t.equals("W/" + tag));
  }
}
