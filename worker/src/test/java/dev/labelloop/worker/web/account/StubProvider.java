package dev.labelloop.worker.web.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A provider of identities that checks what it is asked as a real one does. */
final class StubProvider implements AutoCloseable {
  static final String CLIENT = "labelloop client";
  static final String SECRET = "s3cret / of the client";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final RSAKey key;
  private final RSAKey foreignKey;
  private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();

  /** Changes the claims of the next ID tokens. */
  volatile UnaryOperator<JWTClaimsSet.Builder> mischief = UnaryOperator.identity();

  /** Signs by a key that the provider does not have. */
  volatile boolean forges;

  StubProvider() throws IOException, JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    foreignKey = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/openid-configuration", exchange -> answer(exchange, 200, metadata()));
    server.createContext(
        "/keys",
        exchange -> answer(exchange, 200, new JWKSet(key).toPublicJWKSet().toJSONObject()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer", issuer(),
        "authorization_endpoint", issuer() + "/authorize",
        "token_endpoint", issuer() + "/token",
        "jwks_uri", issuer() + "/keys",
        "response_types_supported", List.of("code"),
        "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"));
  }

  /**
   * A person logs in where the browser was sent to.
   *
   * @return query with which the browser is sent back
   */
  String logIn(String address, Map<String, Object> claims) {
    Map<String, String> query = query(URI.create(address).getRawQuery());
    String code = UUID.randomUUID().toString();
    asked.put(code, query);
    people.put(code, claims);
    return "?code=" + code + "&state=" + query.get("state");
  }

  static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(decoded(parts[0]), decoded(parts[1]));
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String code = form.get("code");
    Map<String, String> request = asked.remove(code); // it works once
    String problem = request == null ? "unknown code" : problem(exchange, form, request);
    if (!problem.isEmpty()) {
      answer(exchange, 400, Map.of("error", "invalid_grant", "error_description", problem));
      return;
    }
    answer(
        exchange,
        200,
        Map.of(
            "access_token", "not used",
            "token_type", "Bearer",
            "id_token", idToken(people.get(code), request.get("nonce"))));
  }

  /** Who asks, for what, and whether it is who was sent here before. */
  private static String problem(
      HttpExchange exchange, Map<String, String> form, Map<String, String> request) {
    String client =
        URLEncoder.encode(CLIENT, StandardCharsets.UTF_8)
            + ":"
            + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return "wrong client";
    }
    if (!"authorization_code".equals(form.get("grant_type"))
        || !request.get("redirect_uri").equals(form.get("redirect_uri"))) {
      return "wrong grant";
    }
    return "S256".equals(request.get("code_challenge_method"))
            && challenge(form.get("code_verifier")).equals(request.get("code_challenge"))
        ? ""
        : "wrong verifier";
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String idToken(Map<String, Object> claims, String nonce) throws IOException {
    JWTClaimsSet.Builder token =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .claim("nonce", nonce);
    claims.forEach(token::claim);
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            mischief.apply(token).build());
    try {
      signed.sign(new RSASSASigner(forges ? foreignKey : key));
    } catch (JOSEException e) {
      throw new IOException(e);
    }
    return signed.serialize();
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
