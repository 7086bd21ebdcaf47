package io.flaremail.cli;

/** Whether Jakarta Mail is on the class path. Only a part of doctor needs it. */
final class MailApi {
    private MailApi() {}

    static boolean isPresent() {
        return Jar.load("jakarta.mail.Session").isPresent();
    }
}
