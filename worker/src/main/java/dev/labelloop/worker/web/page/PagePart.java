package dev.labelloop.worker.web.page;

import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages. {@code /} is {@code index.html}, {@code /review} is {@code review.html}; everything
 * that a page needs lies below {@code /assets/}, by the same names as in the program's resources.
 */
public final class PagePart implements Part {
  private static final String FOLDER = "/dev/labelloop/worker/page/";

  /** No segment begins with a dot: nothing above the folder can be named. */
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9][A-Za-z0-9._-]*/)*[a-z0-9][A-Za-z0-9._-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/", c -> page(c, "index"));
    routes.get("/{page}", c -> page(c, c.pathParam("page")));
    routes.get("/assets/<file>", c -> file(c, c.pathParam("file")));
  }

  private static void page(Context context, String name) {
    context.header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer");
    file(context, name + ".html");
  }

  private static void file(Context context, String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    byte[] bytes = NAME.matcher(name).matches() && type != null ? read(name) : null;
    if (bytes == null) {
      throw Refusal.notFound("there is nothing at " + context.path());
    }
    context.header("Cache-Control", "no-cache").contentType(type).result(bytes);
  }

  private static byte @Nullable [] read(String name) {
    try (InputStream in = PagePart.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own file " + name + " cannot be read", e);
    }
  }
}
