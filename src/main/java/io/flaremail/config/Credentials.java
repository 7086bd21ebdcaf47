package io.flaremail.config;

import io.flaremail.config.CredentialsException.Problem;
import io.flaremail.text.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds the account and the API token in the options, the environment and the arguments of {@code connect}.
 *
 * <p>Tests: CredentialsTest, ConfigurationTest.
 */
public final class Credentials {
    static final String ACCOUNT_EXPECTED = "an account id of 32 hexadecimal characters";

    private static final String ACCOUNT_VARIABLE = "CLOUDFLARE_ACCOUNT_ID";
    private static final String TOKEN_VARIABLE = "CLOUDFLARE_API_TOKEN";
    private static final Pattern ACCOUNT_FORM = Pattern.compile("[0-9a-fA-F]{32}");

    public final String account;
    public final TokenSource token;

    private Credentials(String account, TokenSource token) {
        this.account = account;
        this.token = token;
    }

    /**
     * Finds both, and reads the token once, so that a missing token fails before the first message.
     *
     * @param user as passed to {@code connect}; Jakarta Mail fills it from the operating system. Null for none
     * @param password as passed to {@code connect}; null for none
     * @param passwordIsToken whether the password was given for Cloudflare, not for a mail server
     * @param environment {@link System#getenv(String)}, or a replacement
     * @throws CredentialsException if the token or account is missing, or the token cannot be used
     * @throws InvalidOptionException if the account id is malformed
     */
    public static Credentials find(
            OptionReader options,
            String user,
            String password,
            boolean passwordIsToken,
            UnaryOperator<String> environment)
            throws CredentialsException, InvalidOptionException {
        TokenSource token = token(options, password, passwordIsToken, environment);
        token.read();
        Optional<Account> account = account(options, user, environment);
        if (!account.isPresent()) {
            throw new CredentialsException(
                    Problem.NO_ACCOUNT,
                    "No Cloudflare account: set " + CloudflareProperty.ACCOUNT + " or the environment variable "
                            + ACCOUNT_VARIABLE + " to the account id, 32 hexadecimal characters (the user name "
                            + (user == null ? "is not set" : Printable.unlessSecret(user) + " is not one")
                            + ")");
        }
        return new Credentials(account.get().id, token);
    }

    /**
     * The token of the first source that has one. The password comes first if it was given for Cloudflare, and last if
     * it may be that of a mail server.
     *
     * @throws CredentialsException if no source has a token
     */
    public static TokenSource token(
            OptionReader options, String password, boolean passwordIsToken, UnaryOperator<String> environment)
            throws CredentialsException {
        TokenSource given = isPresent(password) ? TokenSource.of(password, "the password") : null;
        if (given != null && passwordIsToken) {
            return given;
        }
        TokenSource option = option(options);
        if (option != null) {
            return option;
        }
        if (isPresent(environment.apply(TOKEN_VARIABLE))) {
            return TokenSource.of(environment.apply(TOKEN_VARIABLE), "the environment variable " + TOKEN_VARIABLE);
        }
        if (given != null) {
            return given;
        }
        throw new CredentialsException(
                Problem.NO_TOKEN,
                "No API token: set " + CloudflareProperty.TOKEN + ", " + CloudflareProperty.TOKEN_FILE
                        + " or the environment variable " + TOKEN_VARIABLE + ", or give it as the password");
    }

    /** Null if no source of options has a token. A file in an earlier source precedes a value in a later one. */
    private static TokenSource option(OptionReader options) {
        for (OptionReader source : options.bySource()) {
            if (source.isSet(CloudflareProperty.TOKEN)) {
                return TokenSource.of(source.text(CloudflareProperty.TOKEN), source.source(CloudflareProperty.TOKEN));
            }
            if (source.isSet(CloudflareProperty.TOKEN_FILE)) {
                return TokenSource.inFile(
                        source.text(CloudflareProperty.TOKEN_FILE), source.source(CloudflareProperty.TOKEN_FILE));
            }
        }
        return null;
    }

    /**
     * The account id of the first source that has one; empty if none has. The user counts only if it has the form of an
     * account id, and before what is set for the whole JVM.
     *
     * @throws InvalidOptionException if the id is malformed
     */
    public static Optional<Account> account(OptionReader options, String user, UnaryOperator<String> environment)
            throws InvalidOptionException {
        Optional<Account> own = account(options.shared(false));
        if (own.isPresent()) {
            return own;
        }
        if (user != null && isAccount(user)) {
            return Optional.of(new Account(canonical(user), "the user name"));
        }
        Optional<Account> shared = account(options.shared(true));
        if (shared.isPresent()) {
            return shared;
        }
        String variable = environment.apply(ACCOUNT_VARIABLE);
        if (!isPresent(variable)) {
            return Optional.empty();
        }
        if (!isAccount(variable.trim())) {
            throw new InvalidOptionException(
                    "The environment variable " + ACCOUNT_VARIABLE, ACCOUNT_EXPECTED, Printable.unlessSecret(variable));
        }
        return Optional.of(new Account(canonical(variable.trim()), "the environment variable " + ACCOUNT_VARIABLE));
    }

    private static Optional<Account> account(OptionReader options) throws InvalidOptionException {
        String id = options.get(CloudflareProperty.ACCOUNT);
        return id == null ? Optional.empty() : Optional.of(new Account(id, options.source(CloudflareProperty.ACCOUNT)));
    }

    /** Whether a text has the form of an account id. */
    public static boolean isAccount(String text) {
        return ACCOUNT_FORM.matcher(text).matches();
    }

    /** An account id as Cloudflare writes it: its digits are in lower case. */
    static String canonical(String account) {
        return account.toLowerCase(Locale.ROOT);
    }

    private static boolean isPresent(String value) {
        return value != null && !value.trim().isEmpty();
    }

    /** An account id, and where it comes from. */
    public static final class Account {
        public final String id;

        /** Such as {@code the environment variable CLOUDFLARE_ACCOUNT_ID}. */
        public final String source;

        private Account(String id, String source) {
            this.id = id;
            this.source = source;
        }
    }

    /** The account and where the token comes from; never the token. */
    @Override
    public String toString() {
        return "account " + account + ", token from " + token;
    }
}
