package io.flaremail;

/** What {@code connect} was given. Jakarta Mail fills the user from the operating system, so it is practically never null. */
final class Credentials {
    final String user;
    final String password;

    /** In alias mode the application still hands over what it had for its SMTP server. */
    final boolean ofAnotherServer;

    Credentials(String user, String password, boolean ofAnotherServer) {
        this.user = user;
        this.password = password;
        this.ofAnotherServer = ofAnotherServer;
    }

    /** The user; never the password. */
    @Override
    public String toString() {
        return String.valueOf(user);
    }
}
