package io.flaremail.sandbox;

/** Who may do what: one token, for one account. */
final class Access {
    private final String account;
    private final String token;

    Access(String account, String token) {
        this.account = account;
        this.token = token;
    }

    void requireAccount(Call call) {
        requireToken(call.header("Authorization"));
        if (!account.equals(call.variable("account"))) {
            throw new Refusal(ApiError.FORBIDDEN, "this token is not for account " + call.variable("account"));
        }
    }

    private void requireToken(String authorization) {
        if (authorization == null) {
            throw new Refusal(ApiError.UNAUTHORIZED, "no Authorization header");
        }
        String[] schemeAndToken = authorization.split(" ", 2);
        if (!schemeAndToken[0].equalsIgnoreCase("Bearer")) {
            throw new Refusal(ApiError.BAD_TOKEN_TYPE, "Authorization: expected the scheme Bearer");
        }
        if (schemeAndToken.length < 2 || !schemeAndToken[1].equals(token)) {
            throw new Refusal(ApiError.UNAUTHORIZED, "unknown token");
        }
    }
}
