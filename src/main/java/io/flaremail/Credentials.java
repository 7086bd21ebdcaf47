package io.flaremail;

/** What {@code connect} was given. Jakarta Mail fills the user from the operating system, so it is practically never null. */
final class Credentials {
    final String user;
    final String password;

    Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** The user; never the password. */
    @Override
    public String toString() {
        return String.valueOf(user);
    }
}
