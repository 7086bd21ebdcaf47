package io.flaremail.cli;

import io.flaremail.api.CloudflareApiException;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.ErrorAdvice;
import io.flaremail.api.Zone;
import io.flaremail.config.CredentialsException;
import java.util.Optional;

/** Why the API denies access, and what to do. */
final class AccessAdvice {
    private AccessAdvice() {}

    static Finding aboutToken(CliException failure) {
        Throwable cause = failure.getCause();
        CredentialsException.Problem problem = cause instanceof CredentialsException
                ? ((CredentialsException) cause).getProblem()
                : CredentialsException.Problem.MALFORMED_TOKEN;
        switch (problem) {
            case NO_TOKEN:
                return Finding.wrong(
                        "Token",
                        "none found",
                        "create one at dash.cloudflare.com/profile/api-tokens with the permission Email Sending: Edit,"
                                + " then set the environment variable CLOUDFLARE_API_TOKEN or give --token-file");
            case UNREADABLE_TOKEN_FILE:
                return Finding.wrong("Token", failure.getMessage(), "name a readable file that contains the token");
            default:
                return Finding.wrong("Token", failure.getMessage(), "copy the token again, without anything else");
        }
    }

    static Finding aboutMissingAccount() {
        return Finding.wrong(
                "Account",
                "none found",
                "set the environment variable CLOUDFLARE_ACCOUNT_ID or give --account; the id is part of the"
                        + " dashboard's URL, dash.cloudflare.com/<id>");
    }

    static Finding aboutMalformedAccount(CliException failure) {
        return Finding.wrong(
                "Account", failure.getMessage(), "copy the id from the dashboard's URL, dash.cloudflare.com/<id>");
    }

    /** @param zone of the sender's domain, if the token can see it */
    static Finding about(CloudflareApiException refused, String token, String account, Optional<Zone> zone) {
        if (isElsewhere(refused)) {
            return Finding.wrong(
                    "Access",
                    refused.getMessage(),
                    "check --endpoint (default " + CloudflareEmail.DEFAULT_ENDPOINT
                            + "), the proxy and the account id");
        }
        switch (refused.getStatus()) {
            case 0:
                return Finding.unknown("Access", refused.getMessage(), "check the network, the proxy and --endpoint");
            case 401:
                return unknown(refused, token);
            case 403:
            case 404:
                return forbidden(refused, account, zone);
            default:
                return Finding.unknown("Access", refused.getMessage(), "try again later");
        }
    }

    /** Whether the response is not from the API, or the API has no such path. */
    private static boolean isElsewhere(CloudflareApiException refused) {
        boolean noPath = refused.getErrors().stream()
                .anyMatch(error -> error.getMessage().startsWith("Could not route"));
        int status = refused.getStatus();
        return noPath
                || status > 0
                        && status < 500
                        && status != 429
                        && refused.getErrors().isEmpty();
    }

    private static Finding unknown(CloudflareApiException refused, String token) {
        boolean key = is(refused, ErrorAdvice.BAD_TOKEN_TYPE);
        String made = "dash.cloudflare.com/profile/api-tokens";
        if (key) {
            return Finding.wrong(
                    "Access", "this is not an API token, but perhaps an API key", "create a token: " + made);
        }
        return Finding.wrong(
                "Access",
                "Cloudflare does not know this token",
                token.matches("[A-Za-z0-9_-]+")
                        ? "copy it again, or create another: " + made
                        : "copy it again, without quotes, name or =; it contains characters that no token has");
    }

    static boolean is(CloudflareApiException refused, ErrorAdvice advice) {
        return ErrorAdvice.of(refused.getStatus(), refused.getErrors())
                .filter(advice::equals)
                .isPresent();
    }

    private static Finding forbidden(CloudflareApiException refused, String account, Optional<Zone> zone) {
        String owner = zone.flatMap(Zone::getAccountId).orElse(account);
        if (is(refused, ErrorAdvice.NOT_ENTITLED)) {
            return Finding.wrong(
                    "Access", "the account's plan does not include Email Sending", "choose a plan that includes it");
        }
        if (!owner.equalsIgnoreCase(account)) {
            return Finding.wrong(
                    "Access",
                    "the token has no access to this account; zone "
                            + zone.get().getName() + " belongs to another one",
                    "use account " + owner);
        }
        return Finding.wrong(
                "Access",
                "the token is valid, but has no permission for Email Sending in this account",
                "give it the permission Email Sending: Edit for account " + account
                        + (zone.isPresent() ? "" : ", or use the account that it was created for"));
    }
}
