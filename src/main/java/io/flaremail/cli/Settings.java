package io.flaremail.cli;

import io.flaremail.CloudflareProperty;
import io.flaremail.api.CloudflareEmail;
import io.flaremail.api.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What the options, the properties file and the environment come to, in this order. Needs no Jakarta Mail. */
final class Settings {
    static final String ID_FORM = "[0-9a-fA-F]{32}";

    private final CommonOptions options;
    private final Surroundings surroundings;
    private final Secrets secrets;
    private final Properties properties;
    private TokenSource token;

    Settings(CommonOptions options, Surroundings surroundings, Secrets secrets) throws Trouble {
        this.options = options;
        this.surroundings = surroundings;
        this.secrets = secrets;
        this.properties = options.properties == null ? new Properties() : PropertiesFile.read(options.properties);
        secrets.add(property("proxy.password").orElse(null));
    }

    /** Those of the file; empty without one. */
    Properties properties() {
        return properties;
    }

    Optional<Path> file() {
        return Optional.ofNullable(options.properties);
    }

    Optional<String> zone() {
        return Optional.ofNullable(options.zone);
    }

    /** The token and where it is from. */
    TokenSource token() throws Trouble {
        if (token == null) {
            token = TokenSource.find(options, this, surroundings.environment); // once: a pipe cannot be read again
            secrets.add(token.value);
        }
        return token;
    }

    /** The account id. */
    String account() throws Trouble {
        Optional<String> account = accountIfAny();
        return account.orElseThrow(
                () -> Trouble.usage("no account: give --account or set the environment's CLOUDFLARE_ACCOUNT_ID"));
    }

    /** Whether a well-formed account id is given. */
    boolean hasAccount() {
        try {
            return accountIfAny().isPresent();
        } catch (Trouble malformed) {
            return false;
        }
    }

    /** The account id, where one is given. */
    Optional<String> accountIfAny() throws Trouble {
        if (options.account != null) {
            return Optional.of(requireId(options.account, "--account"));
        }
        Optional<String> own = property("account");
        if (own.isPresent()) {
            return Optional.of(requireId(own.get(), "mail.cloudflare.account"));
        }
        String variable = surroundings.environment.apply("CLOUDFLARE_ACCOUNT_ID");
        if (variable == null || variable.trim().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(requireId(variable, "the environment's CLOUDFLARE_ACCOUNT_ID"));
    }

    URI endpoint() throws Trouble {
        String name = options.endpoint != null ? "--endpoint" : "mail.cloudflare.endpoint";
        String text = options.endpoint != null
                ? options.endpoint
                : property("endpoint").orElse(CloudflareEmail.DEFAULT_ENDPOINT.toString());
        try {
            return Endpoint.require(URI.create(text.trim()));
        } catch (IllegalArgumentException wrong) {
            String reason = String.valueOf(wrong.getMessage());
            throw Trouble.usage(name + ": " + (reason.startsWith("expected ") ? reason : "expected a URL"));
        }
    }

    /** The trimmed value of {@code mail.cloudflare.<name>} in the file. */
    Optional<String> property(String name) {
        String value =
                properties.getProperty(CloudflareProperty.PREFIX + name, "").trim();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static String requireId(String value, String name) throws Trouble {
        String id = value.trim();
        if (!id.matches(ID_FORM)) {
            // Not shown: it may be the token, in the wrong place.
            throw Trouble.usage(name + ": expected 32 hexadecimal characters, got " + id.length() + " characters"
                    + (id.matches("[0-9a-fA-F]*") ? "" : ", not all of them hexadecimal"));
        }
        return id;
    }
}
