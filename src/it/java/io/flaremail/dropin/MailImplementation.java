package io.flaremail.dropin;

/** What an application or a server may have as its mail API, and what is behind it. */
enum MailImplementation {
    JAKARTA_2_0("jakarta.mail 2.0.1", "com.sun.mail:jakarta.mail:2.0.1"),
    API_2_1_1_ANGUS_2_0_4("API 2.1.1, Angus 2.0.4", "jakarta.mail:jakarta.mail-api:2.1.1", angus("2.0.4")),
    API_2_1_3_ANGUS_2_0_3("API 2.1.3, Angus 2.0.3", "jakarta.mail:jakarta.mail-api:2.1.3", angus("2.0.3")),
    API_2_1_4_ANGUS_2_0_3("API 2.1.4, Angus 2.0.3", "jakarta.mail:jakarta.mail-api:2.1.4", angus("2.0.3")),
    API_2_1_4_ANGUS_2_0_5("API 2.1.4, Angus 2.0.5", "jakarta.mail:jakarta.mail-api:2.1.4", angus("2.0.5")),
    API_2_1_5_ANGUS_2_0_3("API 2.1.5, Angus 2.0.3", "jakarta.mail:jakarta.mail-api:2.1.5", angus("2.0.3")),
    API_2_1_5_ANGUS_2_0_5("API 2.1.5, Angus 2.0.5", "jakarta.mail:jakarta.mail-api:2.1.5", angus("2.0.5")),
    API_2_2_0_M1("API 2.2.0-M1, Angus 2.1.0-M1", "jakarta.mail:jakarta.mail-api:2.2.0-M1", angus("2.1.0-M1")),
    /** As TomEE 9 has it. What its artifacts ask for beside, IMAP servers for tests, is not wanted. */
    GERONIMO_2_1(
            "Geronimo Mail 2.1",
            "org.apache.geronimo.specs:geronimo-mail_2.1_spec:1.0.0-M1",
            "org.apache.geronimo.mail:geronimo-mail_2.1_provider:1.0.0",
            "org.apache.geronimo.specs:geronimo-activation_2.0_spec:1.0.0"),
    JAVAX_1_4("javax.mail 1.4.7", "com.sun.mail:javax.mail:1.4.7"),
    JAVAX_1_5("javax.mail 1.5.6", "com.sun.mail:javax.mail:1.5.6"),
    JAVAX_1_6("javax.mail 1.6.2", "com.sun.mail:javax.mail:1.6.2"),
    JAVAX_1_6_7("javax.mail 1.6.7", "com.sun.mail:jakarta.mail:1.6.7"),
    /** As TomEE 8 has it. */
    GERONIMO_1_6(
            "Geronimo JavaMail 1.6",
            "org.apache.geronimo.javamail:geronimo-javamail_1.6_mail:1.0.1",
            "javax.activation:activation:1.1.1");

    private final String title;
    private final String[] artifacts;

    MailImplementation(String title, String... artifacts) {
        this.title = title;
        this.artifacts = artifacts;
    }

    private static String angus(String version) {
        return "org.eclipse.angus:angus-mail:" + version;
    }

    /** The mail jars and all that they need. */
    ClassPath classPath() {
        return isGeronimo() ? ClassPath.only(artifacts) : ClassPath.of(artifacts);
    }

    /** Ours for it, with its dependencies inside. */
    DropInJar dropIn() {
        return isJavax() ? DropInJar.JAVAX : DropInJar.ALL;
    }

    boolean isJavax() {
        return compareTo(JAVAX_1_4) >= 0;
    }

    /** Whether sessions find providers through services, as they do from JavaMail 1.6 on. */
    boolean readsServices() {
        return !isGeronimo() && this != JAVAX_1_4 && this != JAVAX_1_5;
    }

    boolean isGeronimo() {
        return this == GERONIMO_2_1 || this == GERONIMO_1_6;
    }

    /** The class of its transport for "smtp". */
    String smtpTransport() {
        return smtpPackage() + ".SMTPTransport";
    }

    /** The package of its SMTP provider. */
    String smtpPackage() {
        return switch (this) {
            case JAKARTA_2_0, JAVAX_1_4, JAVAX_1_5, JAVAX_1_6, JAVAX_1_6_7 -> "com.sun.mail.smtp";
            case GERONIMO_2_1 -> "org.apache.geronimo.mail.transport.smtp";
            case GERONIMO_1_6 -> "org.apache.geronimo.javamail.transport.smtp";
            default -> "org.eclipse.angus.mail.smtp";
        };
    }

    /** The name that all its packages begin with. */
    String api() {
        return isJavax() ? "javax.mail" : "jakarta.mail";
    }

    @Override
    public String toString() {
        return title;
    }
}
