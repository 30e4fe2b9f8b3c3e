package dev.labelloop.worker.web.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.labelloop.activities.account.Secret;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a provider of identities who somebody is: OpenID Connect's authorization code flow with PKCE
 * (RFC 7636), as OAuth 2.0's best current practice has it (RFC 9700).
 */
final class Provider {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 10_000;
  private static final int MOST_BYTES = 200_000;

  /** So long what the provider says of itself is not asked again. */
  private static final Duration KNOWN = Duration.ofHours(1);

  /** Those that every provider has, or should; never one whose key both sides know, never none. */
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.PS256);

  private final ProviderSettings settings;
  private @Nullable Known known;

  Provider(ProviderSettings settings) {
    this.settings = settings;
  }

  /** The provider cannot be asked, or its answer is not to be believed. */
  static final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    ProviderException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * What one login is held together by; each is secret until it is used.
   *
   * @param state ties the provider's answer to the browser that asked
   * @param nonce ties the ID token to this login
   * @param verifier proves that whoever brings the code is whoever asked for it
   */
  record Attempt(Secret state, Secret nonce, Secret verifier) {
    static Attempt fresh() {
      return new Attempt(Secret.fresh(), Secret.fresh(), Secret.fresh());
    }
  }

  private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant until) {}

  /** Where the browser goes to log in. */
  URI ask(Attempt attempt, URI callback) throws ProviderException {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope("openid", "profile", "email"),
            new ClientID(settings.client()),
            callback)
        .endpointURI(known().metadata().getAuthorizationEndpointURI())
        .state(new State(attempt.state().text()))
        .nonce(new Nonce(attempt.nonce().text()))
        .codeChallenge(new CodeVerifier(attempt.verifier().text()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Who has logged in: the claims of an ID token that the provider signed for this login.
   *
   * @param code that the browser brought
   * @param callback as in {@link #ask}
   */
  Map<String, Object> answer(Attempt attempt, String code, URI callback) throws ProviderException {
    Known provider = known();
    try {
      HTTPRequest request = exchange(provider, attempt, code, callback).toHTTPRequest();
      request.setConnectTimeout(CONNECT_MILLIS);
      request.setReadTimeout(READ_MILLIS);
      request.setFollowRedirects(false);
      TokenResponse response = OIDCTokenResponseParser.parse(request.send());
      if (!response.indicatesSuccess()) {
        throw new ProviderException(
            "it refused the code: " + response.toErrorResponse().getErrorObject().getCode(), null);
      }
      OIDCTokenResponse tokens = (OIDCTokenResponse) response.toSuccessResponse();
      IDTokenClaimsSet claims =
          provider
              .validator()
              .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce().text()));
      return claims.toJWTClaimsSet().getClaims();
    } catch (IOException | ParseException | BadJOSEException | JOSEException e) {
      throw new ProviderException(String.valueOf(e.getMessage()), e);
    }
  }

  private TokenRequest exchange(Known provider, Attempt attempt, String code, URI callback) {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), callback, new CodeVerifier(attempt.verifier().text()));
    URI endpoint = provider.metadata().getTokenEndpointURI();
    ClientID client = new ClientID(settings.client());
    Secret secret = settings.secret();
    return secret == null
        ? new TokenRequest.Builder(endpoint, client, grant).build()
        : new TokenRequest.Builder(
                endpoint,
                new ClientSecretBasic(
                    client, new com.nimbusds.oauth2.sdk.auth.Secret(secret.text())),
                grant)
            .build();
  }

  /** Asked when it is needed, so that this server starts while the provider is down. */
  private synchronized Known known() throws ProviderException {
    Known last = known;
    if (last != null && Instant.now().isBefore(last.until())) {
      return last;
    }
    try {
      Issuer issuer = new Issuer(settings.issuer());
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.resolve(issuer, CONNECT_MILLIS, READ_MILLIS);
      Known fresh = new Known(metadata, validator(metadata), Instant.now().plus(KNOWN));
      known = fresh;
      return fresh;
    } catch (GeneralException | IOException e) {
      throw new ProviderException("it does not say what it is: " + e.getMessage(), e);
    }
  }

  private IDTokenValidator validator(OIDCProviderMetadata metadata)
      throws ProviderException, MalformedURLException {
    List<JWSAlgorithm> offered = metadata.getIDTokenJWSAlgs();
    JWSAlgorithm algorithm =
        ALGORITHMS.stream()
            .filter(known -> offered != null && offered.contains(known))
            .findFirst()
            .orElseThrow(() -> new ProviderException("it signs by none of " + ALGORITHMS, null));
    return new IDTokenValidator(
        metadata.getIssuer(),
        new ClientID(settings.client()),
        algorithm,
        metadata.getJWKSetURI().toURL(),
        new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES));
  }
}
