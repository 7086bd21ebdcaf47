package io.flaremail.cli;

import io.flaremail.api.ApiError;
import io.flaremail.api.CloudflareApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a person at a keyboard can do about an error of the API: by its message first, then by the status. */
final class Advice {
    private static final Map<String, String> BY_MESSAGE = new LinkedHashMap<>();
    private static final Map<String, String> BY_CODE = new LinkedHashMap<>();

    static {
        BY_MESSAGE.put("bad_token_type", "Give an API token, not an API key.");
        BY_MESSAGE.put("not_entitled", "The account's plan does not include Email Sending.");
        BY_MESSAGE.put("sending_disabled", "flaremail subdomains create NAME enables it; then up to two minutes pass.");
        BY_MESSAGE.put("sender_not_configured", "flaremail subdomains create NAME onboards the sender's domain.");
        BY_MESSAGE.put("too_big", "The service takes messages up to 5 MiB, attachments encoded.");
        BY_MESSAGE.put(
                "invalid_request_schema",
                "One of the values given is none that it takes: check addresses and options.");
        BY_MESSAGE.put("throttled", "Try again later.");
        BY_CODE.put("2008", "Remove the foreign MX record first.");
        BY_CODE.put("2026", "Remove all SPF records but one first.");
        BY_CODE.put("2027", "Remove all DMARC records but one first.");
        BY_CODE.put("2033", "Onboard it first.");
        BY_CODE.put("2040", "It may be there already: flaremail subdomains list tells.");
        BY_CODE.put("2043", "An administrator of the account has locked it.");
    }

    private Advice() {}

    static Optional<String> about(CloudflareApiException failure) {
        for (ApiError error : failure.getErrors()) {
            for (Map.Entry<String, String> known : BY_MESSAGE.entrySet()) {
                if (error.getMessage().endsWith(known.getKey())) {
                    return Optional.of(known.getValue());
                }
            }
            String known = error.getCode().map(BY_CODE::get).orElse(null);
            if (known != null) {
                return Optional.of(known);
            }
        }
        return byStatus(failure);
    }

    private static Optional<String> byStatus(CloudflareApiException failure) {
        switch (failure.getStatus()) {
            case 0:
                return Optional.of("Check the network, the proxy and --endpoint.");
            case 401:
                return Optional.of("Check the API token.");
            case 403:
                return Optional.of("Give the token the permission Email Sending: Edit, for this account and zone.");
            case 404:
                return Optional.of("Check the ids, and --endpoint.");
            case 429:
                return Optional.of("Try again later.");
            default:
                return Optional.empty();
        }
    }
}
