package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.account.ProviderSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A provider of identities at which people log in, over OpenID Connect. */
final class ProviderOptions {
  @Option(
      names = "--oidc-issuer",
      paramLabel = "URL",
      description = {
        "Let people log in at this OpenID Connect provider too; it must know the address",
        "PUBLIC-URL/oidc/callback (default: none)."
      })
  private @Nullable String issuer;

  @Option(
      names = "--oidc-client",
      paramLabel = "ID",
      description = "By which the provider knows this server.")
  private @Nullable String client;

  @Option(
      names = "--oidc-secret-from",
      paramLabel = "ENV",
      description = "Environment variable with the client's secret (default: a public client).")
  private @Nullable String secretFrom;

  @Option(
      names = "--oidc-role-claim",
      paramLabel = "CLAIM",
      description = "Claim of the ID token with a person's groups, for --oidc-role.")
  private @Nullable String roleClaim;

  @Option(
      names = "--oidc-role",
      paramLabel = "GROUP=ROLE",
      description = "Role of a group's people, as often as needed; of several, the largest.")
  private Map<String, Role> roles = new LinkedHashMap<>();

  @Option(
      names = "--oidc-default-role",
      paramLabel = "ROLE",
      description = "Role of people without such a group (default: none, they do not get in).")
  private @Nullable Role usual;

  /**
   * What was asked; null if nothing was.
   *
   * @throws BadInputException if it does not go together
   */
  @Nullable ProviderSettings settings() {
    if (issuer == null) {
      if (client != null
          || secretFrom != null
          || roleClaim != null
          || usual != null
          || !roles.isEmpty()) {
        throw new BadInputException("the other --oidc options go with --oidc-issuer: give it too");
      }
      return null;
    }
    if (client == null) {
      throw new BadInputException("--oidc-issuer goes with --oidc-client: give it too");
    }
    if ((roleClaim == null) != roles.isEmpty()) {
      throw new BadInputException("--oidc-role-claim and --oidc-role go together: give both");
    }
    if (roleClaim == null && usual == null) {
      throw new BadInputException(
          "nobody could get in: give --oidc-default-role, or --oidc-role-claim and --oidc-role");
    }
    return ProviderSettings.of(issuer, "--oidc-issuer", client, secret(), roleClaim, roles, usual);
  }

  private @Nullable Secret secret() {
    if (secretFrom == null) {
      return null;
    }
    String secret = System.getenv(secretFrom);
    if (secret == null || secret.isBlank()) {
      throw new BadInputException(
          "--oidc-secret-from " + secretFrom + ": there is no such environment variable");
    }
    return Secret.of(secret);
  }
}
