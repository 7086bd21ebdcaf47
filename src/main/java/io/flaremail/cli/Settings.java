package io.flaremail.cli;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Credentials;
import io.flaremail.config.CredentialsException;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.PropertySpelling;
import io.flaremail.config.TokenSource;
import io.flaremail.config.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The options of the command line, then those of the properties file, then those of the environment. */
final class Settings {
    private final CommonOptions options;
    private final Surroundings surroundings;
    private final Secrets secrets;
    private final Properties properties;
    private final OptionReader reader;
    private final ApiLog log;
    private TokenSource token;

    Settings(CommonOptions options, Surroundings surroundings, Secrets secrets, ApiLog log) throws Trouble {
        this.log = log;
        this.options = options;
        this.surroundings = surroundings;
        this.secrets = secrets;
        this.properties = options.properties == null ? new Properties() : PropertiesFile.read(options.properties);
        this.reader = OptionReader.of(
                options,
                OptionReader.Source.of(properties),
                OptionReader.Source.ofEnvironment(surroundings.environment));
        Object proxyPassword = reader.object(CloudflareProperty.PROXY_PASSWORD);
        secrets.add(proxyPassword == null ? null : proxyPassword.toString());
    }

    /** What receives the HTTP exchanges. */
    ApiLog log() {
        return log;
    }

    /** Those of the file; empty without one. */
    Properties properties() {
        return properties;
    }

    /** A warning for each property in the file that may be misspelled. */
    List<String> unknownProperties() {
        return new TreeSet<>(properties.stringPropertyNames())
                .stream()
                        .filter(key -> PropertySpelling.isUnknown(key, null))
                        .map(key -> PropertySpelling.warning(key, null))
                        .collect(Collectors.toList());
    }

    Optional<Path> file() {
        return Optional.ofNullable(options.properties);
    }

    Optional<String> zone() {
        return Optional.ofNullable(options.zone);
    }

    /** The token, read once. */
    TokenSource token() throws Trouble {
        if (token == null) {
            try {
                token = Credentials.token(reader, null, surroundings.environment)
                        .readOnce();
                secrets.add(token.read());
            } catch (CredentialsException e) {
                throw e.getProblem() == CredentialsException.Problem.NO_TOKEN
                        ? Trouble.usage(
                                "no API token: set the environment variable CLOUDFLARE_API_TOKEN, or give --token-file",
                                e)
                        : Trouble.usage(e);
            }
        }
        return token;
    }

    /** The token itself. */
    String tokenValue() throws Trouble {
        try {
            return token().read();
        } catch (CredentialsException e) {
            throw Trouble.usage(e);
        }
    }

    /** The account id. */
    String account() throws Trouble {
        return accountIfAny()
                .orElseThrow(() -> Trouble.usage(
                        "no account: give --account or set the environment variable CLOUDFLARE_ACCOUNT_ID"));
    }

    /** The account id, where one is given. */
    Optional<String> accountIfAny() throws Trouble {
        try {
            return Credentials.account(reader, null, surroundings.environment);
        } catch (InvalidOptionException e) {
            throw Trouble.usage(e);
        }
    }

    URI endpoint() throws Trouble {
        return get(CloudflareProperty.ENDPOINT);
    }

    /** All options but the credentials. */
    TransportSettings transport() throws Trouble {
        try {
            return TransportSettings.from(reader);
        } catch (InvalidOptionException e) {
            throw Trouble.usage(e);
        }
    }

    /** The sender of all messages, where one is set. */
    Optional<String> sender() {
        Object sender = reader.object(CloudflareProperty.FROM);
        return Optional.ofNullable(sender).map(Object::toString).map(String::trim);
    }

    private <T> T get(CloudflareProperty<T> property) throws Trouble {
        try {
            return reader.get(property);
        } catch (InvalidOptionException e) {
            throw Trouble.usage(e);
        }
    }
}
