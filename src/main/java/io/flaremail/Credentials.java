package io.flaremail;

import io.flaremail.text.Printable;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.function.UnaryOperator;

/**
 * What {@code connect} was given, and how token and account come of it, the session's properties and the environment.
 * Jakarta Mail fills the user from the operating system, so it is practically never null.
 */
final class Credentials {
    private static final String ACCOUNT_VARIABLE = "CLOUDFLARE_ACCOUNT_ID";
    private static final String TOKEN_VARIABLE = "CLOUDFLARE_API_TOKEN";
    private static final String ACCOUNT_FORM = "[0-9a-fA-F]{32}";

    private final String user;
    private final String password;

    Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /**
     * The token, from the first place that has one. The password comes first, but in alias mode last: there the
     * application still hands over what it had for its mail server.
     *
     * @throws AuthenticationFailedException when no place has one
     */
    ApiToken token(SessionOptions options, UnaryOperator<String> environment) throws AuthenticationFailedException {
        boolean hasPassword = isPresent(password);
        if (hasPassword && !options.isAlias()) {
            return ApiToken.of(password, "the password given to connect or by the Authenticator");
        }
        if (options.text(CloudflareProperty.TOKEN) != null) {
            return ApiToken.of(options.text(CloudflareProperty.TOKEN), options.source(CloudflareProperty.TOKEN));
        }
        if (options.text(CloudflareProperty.TOKEN_FILE) != null) {
            return ApiToken.inFile(
                    options.text(CloudflareProperty.TOKEN_FILE), options.source(CloudflareProperty.TOKEN_FILE));
        }
        if (isPresent(environment.apply(TOKEN_VARIABLE))) {
            return ApiToken.of(environment.apply(TOKEN_VARIABLE), "the environment's " + TOKEN_VARIABLE);
        }
        if (hasPassword) {
            return ApiToken.of(password, "the password given to connect or by the Authenticator");
        }
        throw new AuthenticationFailedException("No API token: set " + CloudflareProperty.TOKEN.key() + ", "
                + CloudflareProperty.TOKEN_FILE.key() + " or the environment's " + TOKEN_VARIABLE
                + ", or give it as the password");
    }

    /**
     * The account, from the first place that has one; the user only if it looks like one.
     *
     * @throws AuthenticationFailedException when no place has one
     * @throws MessagingException when what is there is none
     */
    String account(SessionOptions options, UnaryOperator<String> environment) throws MessagingException {
        String account = options.text(CloudflareProperty.ACCOUNT);
        if (account != null) {
            if (!isAccount(account)) {
                throw options.malformedShowing(
                        CloudflareProperty.ACCOUNT,
                        "an account id of 32 hexadecimal characters",
                        Printable.unlessSecret(account));
            }
            return account;
        }
        if (user != null && isAccount(user)) {
            return user;
        }
        String variable = environment.apply(ACCOUNT_VARIABLE);
        if (!isPresent(variable)) {
            throw new AuthenticationFailedException("No Cloudflare account: set " + CloudflareProperty.ACCOUNT.key()
                    + " or the environment's " + ACCOUNT_VARIABLE
                    + " to the account id, 32 hexadecimal characters (the user name "
                    + (user == null ? "is not set" : Printable.unlessSecret(user) + " is not one")
                    + ")");
        }
        if (!isAccount(variable.trim())) {
            throw new MessagingException("The environment's " + ACCOUNT_VARIABLE
                    + ": expected an account id of 32 hexadecimal characters, got " + Printable.unlessSecret(variable));
        }
        return variable.trim();
    }

    /** Whether a text has the form of an account id. */
    static boolean isAccount(String text) {
        return text.matches(ACCOUNT_FORM);
    }

    private static boolean isPresent(String value) {
        return value != null && !value.trim().isEmpty();
    }

    /** The user; never the password. */
    @Override
    public String toString() {
        return String.valueOf(user);
    }
}
