package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider of identities.
 *
 * @param issuer its address
 * @param client by which it knows this server
 * @param secret of this server; null: it has none, PKCE alone protects the exchange
 * @param roleClaim claim with a person's groups; null: the provider does not give roles
 * @param roles of groups
 * @param usual role of people without such a group; null: they do not get in
 */
public record ProviderSettings(
    URI issuer,
    String client,
    @Nullable Secret secret,
    @Nullable String roleClaim,
    Map<String, Role> roles,
    @Nullable Role usual) {
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

  public ProviderSettings {
    roles = Map.copyOf(roles);
  }

  /**
   * Settings as people give them.
   *
   * @param option by which they name the issuer
   * @throws BadInputException if the issuer is no address, or others could listen on the way to it
   */
  public static ProviderSettings of(
      String issuer,
      String option,
      String client,
      @Nullable Secret secret,
      @Nullable String roleClaim,
      Map<String, Role> roles,
      @Nullable Role usual) {
    try {
      URI uri = new URI(issuer);
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOCAL.contains(String.valueOf(uri.getHost())));
      if (safe && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return new ProviderSettings(uri, client, secret, roleClaim, roles, usual);
      }
    } catch (URISyntaxException e) {
      // said below, with the mend
    }
    throw new BadInputException(
        option + " " + issuer + " is no address of a provider: give https://NAME/PATH");
  }
}
