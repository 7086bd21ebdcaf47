package io.flaremail.cli;

/** Whether Jakarta Mail is on the class path; administration does without. */
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
