package io.flaremail;

import io.flaremail.api.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person can do about an error of the API, by the end of its message. */
final class Remedy {
    private static final Map<String, String> BY_MESSAGE = new LinkedHashMap<>();

    static {
        BY_MESSAGE.put("invalid_request_schema", "Check the addresses; if they are right, please report this.");
        BY_MESSAGE.put("too_big", "The service takes messages up to 5 MiB, attachments encoded.");
        BY_MESSAGE.put(
                "email.invalid",
                "The service does not take this message's form, such as one with the trace fields of a relay.");
        BY_MESSAGE.put("unauthorized", "Check the API token.");
        BY_MESSAGE.put("bad_token_type", "Give an API token, not an API key.");
        BY_MESSAGE.put("forbidden", "Give the token the permission Email Sending: Edit for this account.");
        BY_MESSAGE.put("not_entitled", "The account's plan does not include Email Sending.");
        BY_MESSAGE.put(
                "sending_disabled",
                "Enable sending for the sender's domain; a domain just onboarded needs up to" + " two minutes.");
        BY_MESSAGE.put("sender_not_configured", "Onboard the sender's domain, exactly as written after the @.");
        BY_MESSAGE.put("throttled", "Nothing was sent; send more slowly, or later.");
        BY_MESSAGE.put("internal_server", "Nothing was sent; try again later.");
        BY_MESSAGE.put("upstream", "Nothing was sent; try again later.");
    }

    private Remedy() {}

    /**
     * Sentences, each with a space before it, or nothing.
     *
     * @param tokenSource where the token came from, named when it is refused
     */
    static String of(int status, List<ApiError> errors, Object tokenSource) {
        String refused = status == 401 || status == 403 ? " The token came from " + tokenSource + "." : "";
        return of(status, errors) + refused;
    }

    private static String of(int status, List<ApiError> errors) {
        for (ApiError error : errors) {
            for (Map.Entry<String, String> remedy : BY_MESSAGE.entrySet()) {
                if (error.getMessage().endsWith(remedy.getKey())) {
                    return " " + remedy.getValue();
                }
            }
        }
        switch (status) {
            case 401:
                return " " + BY_MESSAGE.get("unauthorized");
            case 404:
                return " Check " + CloudflareProperty.ENDPOINT.key() + " and " + CloudflareProperty.ACCOUNT.key() + ".";
            case 407:
                return " The proxy asks for " + CloudflareProperty.PROXY_USER.key() + " and "
                        + CloudflareProperty.PROXY_PASSWORD.key() + ".";
            default:
                return status >= 300 && status < 400
                        ? " Redirects are not followed: check " + CloudflareProperty.ENDPOINT.key() + "."
                        : "";
        }
    }
}
