package io.flaremail.cli;

import io.flaremail.config.CloudflareProperty;
import io.flaremail.config.Credentials;
import io.flaremail.config.CredentialsException;
import io.flaremail.config.InvalidOptionException;
import io.flaremail.config.OptionReader;
import io.flaremail.config.OptionSource;
import io.flaremail.config.PropertySpelling;
import io.flaremail.config.TokenSource;
import io.flaremail.config.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The options of the command line, then those of the properties file, the system properties and the environment. */
final class Settings {
    private static final String TRANSPORT = "io.flaremail.CloudflareTransport";

    private final CommonOptions options;
    private final ProcessEnvironment process;
    private final Secrets secrets;
    private final PropertiesFile file;
    private final OptionReader reader;
    private final String alias;
    private final ApiLog log;
    private TokenSource token;

    Settings(CommonOptions options, ProcessEnvironment process, Secrets secrets, ApiLog log) throws CliException {
        this.log = log;
        this.options = options;
        this.process = process;
        this.secrets = secrets;
        this.file = options.properties == null
                ? PropertiesFile.none()
                : PropertiesFile.read(options.properties, process.environment);
        this.alias = alias(file.session);
        this.reader = OptionReader.ofAlias(
                alias,
                options,
                OptionSource.of(file.session),
                OptionSource.ofSystem(System::getProperty),
                OptionSource.ofEnvironment(process.environment));
        secrets.add(file.password);
        Object proxyPassword = reader.object(CloudflareProperty.PROXY_PASSWORD);
        secrets.add(proxyPassword == null ? null : proxyPassword.toString());
    }

    /** The protocol by whose name the application knows the transport; null for none. */
    private static String alias(Properties session) {
        for (String protocol : new String[] {"smtp", "smtps"}) {
            boolean named = TRANSPORT.equals(session.getProperty("mail." + protocol + ".class"));
            boolean used = session.stringPropertyNames().stream()
                    .anyMatch(key -> key.startsWith("mail." + protocol + ".cloudflare."));
            if (named || used) {
                return protocol;
            }
        }
        return null;
    }

    /** Receives the HTTP exchanges. */
    ApiLog log() {
        return log;
    }

    /** The properties of the file; empty without one. */
    Properties properties() {
        return file.session;
    }

    /** The keys in the file without a known value, and the names of the placeholders in them. */
    Map<String, Set<String>> unresolved() {
        return file.unresolved;
    }

    /** For all commands but doctor, which reports such values. */
    void requireResolved() throws CliException {
        if (!unresolved().isEmpty()) {
            String key = unresolved().keySet().iterator().next();
            String name = unresolved().get(key).iterator().next();
            throw CliException.usage("--properties: " + key + ": cannot resolve ${" + name + "}");
        }
    }

    /** A warning for each property in the file that may be misspelled. */
    List<String> unknownProperties() {
        return new TreeSet<>(file.session.stringPropertyNames())
                .stream()
                        .filter(key -> PropertySpelling.isUnknown(key, alias))
                        .map(key -> PropertySpelling.warning(key, alias))
                        .collect(Collectors.toList());
    }

    /** All options. */
    OptionReader options() {
        return reader;
    }

    /** The application's jars, where the launcher was given them. */
    Optional<String> classPath() {
        return Optional.ofNullable(process.environment.apply("FLAREMAIL_CLASSPATH"))
                .filter(jars -> !jars.isEmpty());
    }

    Optional<Path> file() {
        return Optional.ofNullable(options.properties);
    }

    Optional<String> zone() {
        return Optional.ofNullable(options.zone);
    }

    /** The token, read once. */
    TokenSource token() throws CliException {
        if (token == null) {
            try {
                token = findToken().readOnce();
                secrets.add(token.read());
            } catch (CredentialsException e) {
                throw e.getProblem() == CredentialsException.Problem.NO_TOKEN
                        ? CliException.usage(
                                "no API token: set the environment variable CLOUDFLARE_API_TOKEN, or give --token-file",
                                e)
                        : CliException.usage(e);
            }
        }
        return token;
    }

    /** The token that the application would use: its framework or server may pass it as the password. */
    private TokenSource findToken() throws CredentialsException {
        boolean given = options.token != null || options.tokenFile != null;
        boolean first = file.isForCloudflare() && !given;
        try {
            return Credentials.token(reader, first ? file.password : null, alias == null, process.environment);
        } catch (CredentialsException e) {
            if (file.password == null || e.getProblem() != CredentialsException.Problem.NO_TOKEN) {
                throw e;
            }
            return Credentials.token(reader, file.password, false, process.environment);
        }
    }

    /** The token itself. */
    String tokenValue() throws CliException {
        try {
            return token().read();
        } catch (CredentialsException e) {
            throw CliException.usage(e);
        }
    }

    /** The account id. */
    String account() throws CliException {
        return accountIfAny()
                .map(account -> account.id)
                .orElseThrow(() -> CliException.usage(
                        "no account: give --account or set the environment variable CLOUDFLARE_ACCOUNT_ID"));
    }

    /** The account id, where one is given. */
    Optional<Credentials.Account> accountIfAny() throws CliException {
        try {
            return Credentials.account(reader, file.user, process.environment);
        } catch (InvalidOptionException e) {
            throw CliException.usage(e);
        }
    }

    URI endpoint() throws CliException {
        return get(CloudflareProperty.ENDPOINT);
    }

    /** All options but the credentials. */
    TransportSettings transport() throws CliException {
        try {
            return TransportSettings.from(reader);
        } catch (InvalidOptionException e) {
            throw CliException.usage(e);
        }
    }

    /** The sender of all messages, where one is set. */
    Optional<String> sender() {
        Object sender = reader.object(CloudflareProperty.FROM);
        return Optional.ofNullable(sender).map(Object::toString).map(String::trim);
    }

    private <T> T get(CloudflareProperty<T> property) throws CliException {
        try {
            return reader.get(property);
        } catch (InvalidOptionException e) {
            throw CliException.usage(e);
        }
    }
}
