package dev.labelloop.worker.web;

import dev.labelloop.worker.BadInputException;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How people reach the server, which itself listens on loopback alone: from this machine, or
 * through a proxy that is known by another name and passes that name on as {@code Host}.
 */
public final class Front {
  /** From this machine alone. */
  public static final Front LOCAL = new Front(null, null);

  private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");

  private final @Nullable String scheme;
  private final @Nullable String host;

  private Front(@Nullable String scheme, @Nullable String host) {
    this.scheme = scheme;
    this.host = host;
  }

  /**
   * From this machine, and through a proxy.
   *
   * @param url of the proxy, such as {@code https://labels.example.org}
   * @param option by which people name it
   * @throws BadInputException if it is no such address
   */
  public static Front behind(String url, String option) {
    try {
      URI uri = new URI(url);
      String path = uri.getRawPath();
      boolean whole =
          List.of("http", "https").contains(String.valueOf(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && (path.isEmpty() || path.equals("/"));
      if (whole) {
        return new Front(uri.getScheme(), host(uri));
      }
    } catch (URISyntaxException e) {
      // said below, with the mend
    }
    throw new BadInputException(
        option + " " + url + " is no address: give https://NAME or https://NAME:PORT");
  }

  /** As browsers write it: they leave out the port that goes without saying. */
  private static String host(URI uri) {
    int usual = uri.getScheme().equals("https") ? 443 : 80;
    String name = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() == -1 || uri.getPort() == usual ? name : name + ":" + uri.getPort();
  }

  /** Whether this is a {@code Host} under which the server is reached. */
  boolean isHost(@Nullable String name, int port) {
    return name != null && (isLocal(name, port) || name.toLowerCase(Locale.ROOT).equals(host));
  }

  /** Whether this is the {@code Origin} of the server's own pages. */
  boolean isOrigin(String origin, int port) {
    return (scheme != null && origin.equals(scheme + "://" + host))
        || (origin.startsWith("http://") && isLocal(origin.substring("http://".length()), port));
  }

  private static boolean isLocal(String name, int port) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(local -> lower.equals(local + ":" + port));
  }

  /** Whether a request came from another machine, through a proxy. */
  public boolean isRemote(Context context) {
    return !isLocal(String.valueOf(context.header("Host")), context.req().getLocalPort())
        || context.header("X-Forwarded-For") != null
        || context.header("Forwarded") != null;
  }

  /** Whether the sender reaches the server over TLS, as far as it knows. */
  public boolean isSecure(Context context) {
    return "https".equals(scheme)
        && String.valueOf(context.header("Host")).toLowerCase(Locale.ROOT).equals(host);
  }

  /** The address that people use, such as {@code https://labels.example.org}. */
  public String url(String local) {
    return scheme == null ? local : scheme + "://" + host;
  }

  /** The address that people use, where nothing but a request is known. */
  public String url(Context context) {
    return url("http://" + context.header("Host"));
  }

  /**
   * Where a request comes from. Of what a proxy says, its own last word alone is believed: the ones
   * before are the sender's.
   */
  public String address(Context context) {
    String forwarded = context.header("X-Forwarded-For");
    return host == null || forwarded == null
        ? context.req().getRemoteAddr()
        : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }
}
