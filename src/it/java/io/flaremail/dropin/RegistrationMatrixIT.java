package io.flaremail.dropin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How sessions of other people's mail implementations find the shipped jar, each in class loaders of its own. */
class RegistrationMatrixIT {
    private static final List<Sight> seen = new ArrayList<>();
    private static final List<SmtpSight> smtp = new ArrayList<>();

    @BeforeAll
    static void look(@TempDir Path folder) throws Exception {
        Path files = Files.createDirectories(folder.resolve("other/META-INF"));
        Files.writeString(
                files.resolve("javamail.providers"), "protocol=other; type=transport; class=example.Other;\n");
        for (MailImplementation mail : MailImplementation.values()) {
            smtp.add(SmtpSight.of(mail, folder));
            for (Layout layout : Layout.values()) {
                seen.add(Sight.of(mail, layout, folder, ClassPath.of(files.getParent())));
            }
        }
    }

    static List<Sight> seen() {
        return seen;
    }

    /** The one gap: this API reads the first jakarta.providers, and Angus has one in the parent. */
    private static boolean isTheGap(Sight sight) {
        return sight.mail() == MailImplementation.API_2_1_4_ANGUS_2_0_5 && sight.layout() == Layout.PARENT;
    }

    @ParameterizedTest
    @MethodSource("seen")
    void shippedJarIsFoundByName(Sight sight) {
        assertEquals(!isTheGap(sight), sight.isFound());
        assertEquals(sight.isFound(), sight.byFiles().get(RegistrationFiles.ALL));
        assertFalse(sight.byFiles().get(RegistrationFiles.NONE));
    }

    @ParameterizedTest
    @MethodSource("seen")
    void staticSendFindsItExceptOnGeronimo(Sight sight) {
        assertEquals(sight.isFound() && !sight.mail().isGeronimo(), sight.byAddress());
    }

    /** It names a class, and yet looks among registered ones only; unregistered, real SMTP would be taken silently. */
    @ParameterizedTest
    @MethodSource("seen")
    void aliasFindsItWhereItIsRegistered(Sight sight) {
        assertEquals(sight.isFound(), sight.byAlias());
        assertFalse(sight.byAliasUnregistered());
    }

    @ParameterizedTest
    @MethodSource("seen")
    void addingTheProviderNeedsNoFile(Sight sight) {
        assertTrue(sight.byHand());
    }

    /** The price of jakarta.providers: from 2.1.4 on, an API that finds one may look no further. */
    @ParameterizedTest
    @MethodSource("seen")
    void othersAreHiddenOnlyFromFewApis(Sight sight) {
        boolean hides = switch (sight.mail()) {
            case API_2_1_4_ANGUS_2_0_3, API_2_1_4_ANGUS_2_0_5 -> sight.layout() == Layout.OURS_FIRST;
            case API_2_1_5_ANGUS_2_0_3 -> true;
            default -> false;
        };
        assertEquals(hides, sight.others() && !sight.othersBesideUs());
    }

    /** Without the form jar nothing of ours is registered for "smtp"; with it in front, sessions take it everywhere. */
    @ParameterizedTest
    @MethodSource("seenOfSmtp")
    void theFormJarWinsInFrontOfTheMailJars(SmtpSight sight) {
        assertTrue(sight.before());
    }

    static List<SmtpSight> seenOfSmtp() {
        return smtp;
    }

    @ParameterizedTest
    @MethodSource("seen")
    void withoutTheFormJarSmtpIsTheProviders(Sight sight) throws Exception {
        try (World world = sight.layout()
                .world(sight.mail(), ClassPath.of(sight.mail().dropIn().path()))) {
            assertTrue(world.transport("smtp").matches(".*\\.smtp\\.SMTPTransport"));
            assertTrue(world.transport("smtps").matches(".*\\.smtp\\.SMTPS(SL)?Transport"));
        }
    }

    @Test
    void tablesInTheNotesAreWhatWasSeen() throws Exception {
        RegistrationTables tables = new RegistrationTables(seen);
        assertAll(
                () -> NotesTable.assertShows("matrix", tables.matrix()),
                () -> NotesTable.assertShows("files", tables.files()),
                () -> NotesTable.assertShows("smtp", RegistrationTables.smtp(smtp)));
    }
}
