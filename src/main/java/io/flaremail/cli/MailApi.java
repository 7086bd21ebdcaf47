package io.flaremail.cli;

/** Whether Jakarta Mail is on the class path. Only a part of doctor needs it. */
final class MailApi {
    private MailApi() {}

    static boolean isPresent() {
        try {
            Class.forName("jakarta.mail.Session", false, MailApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
