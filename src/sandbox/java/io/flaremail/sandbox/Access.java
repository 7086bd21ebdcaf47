package io.flaremail.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Who may do what: one token, and one legacy API key with any e-mail address, for one account and its zones. */
final class Access {
    private static final int API_KEY_BYTES = 16;

    private final String account;
    private final String token;
    private final Zones zones;

    Access(String account, String token, Zones zones) {
        this.account = account;
        this.token = token;
        this.zones = zones;
    }

    /** Another text than the token, so that no client works here that mistakes one for the other. */
    String apiKey() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, API_KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Whether the request comes with the token, whatever it asks for. */
    boolean isKnown(Call call) {
        try {
            requireToken(call);
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    void requireToken(Call call) {
        requireToken(call, ApiError.UNAUTHORIZED, ApiError.BAD_TOKEN_TYPE);
    }

    void requireAccount(Call call) {
        requireToken(call);
        if (!account.equals(call.variable("account"))) {
            throw new Refusal(ApiError.FORBIDDEN, "this token is not for account " + call.variable("account"));
        }
    }

    /** The zone in the path. Its endpoints have an error of their own for a token that is missing or wrong. */
    Zone requireZone(Call call) {
        requireToken(call, ApiError.SUBDOMAIN_UNAUTHORIZED, ApiError.SUBDOMAIN_UNAUTHORIZED);
        return zones.byId(call.variable("zone"))
                .orElseThrow(
                        () -> new Refusal(ApiError.FORBIDDEN, "this token is not for zone " + call.variable("zone")));
    }

    private void requireToken(Call call, ApiError unauthorized, ApiError badType) {
        if (call.header("X-Auth-Email") != null && apiKey().equals(call.header("X-Auth-Key"))) {
            return;
        }
        String authorization = call.header("Authorization");
        if (authorization == null) {
            throw new Refusal(unauthorized, "no Authorization header");
        }
        String[] schemeAndToken = authorization.split(" ", 2);
        if (!schemeAndToken[0].equalsIgnoreCase("Bearer")) {
            throw new Refusal(badType, "Authorization: expected the scheme Bearer");
        }
        if (schemeAndToken.length < 2 || !schemeAndToken[1].equals(token)) {
            throw new Refusal(unauthorized, "unknown token");
        }
    }
}
