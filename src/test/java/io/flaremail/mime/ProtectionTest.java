package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed or encrypted content never changes. The message is refused instead. */
class ProtectionTest {
    private static final String SIGNED =
            "Content-Type: multipart/%s; boundary=s\r\n\r\n--s\r\nSubject: %s\r\n\r\n%s\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\nsig\r\n--s--\r\n";

    @ParameterizedTest
    @CsvSource({"signed, x, \u00e9", "signed, \u00e9, x", "encrypted, x, \u00e9"})
    void insideASignatureNothingChanges(String subtype, String subject, String body) {
        refused(SIGNED.formatted(subtype, subject, body), "it is inside multipart/" + subtype);
        refused(
                "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n" + SIGNED.formatted(subtype, subject, body)
                        + "--o--\r\n",
                "it is inside multipart/" + subtype);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DKIM-Signature", "ARC-Message-Signature", "domainkey-signature"})
    void underADomainSignatureNothingChanges(String name) {
        refused(name + ": x\r\nSubject: \u00e9\r\n\r\n", "its message is signed by a ");
        refused(name + ": x\r\n\r\n\u00e9", "its message is signed by a ");
        refused("Content-Type: message/rfc822\r\n\r\n" + name + ": x\r\n\r\n\u00e9", "its message is signed by a ");
    }

    /** The refusal names the signature: advice about the type would be advice to break the signature. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/mixed/x; boundary=i",
                " Content-Type: multipart/mixed; boundary=i",
                " Content-Transfer-Encoding: base64",
            })
    void anOddPartInsideASignatureIsRefusedForTheSignature(String field) {
        refused(
                "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n" + field + "\r\n\r\n\u00e9\r\n--s--\r\n",
                "it is inside multipart/signed");
    }

    @Test
    void theRefusalNamesThePart() {
        String message = "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nx\r\n--o\r\n"
                + SIGNED.formatted("signed", "x", "\u00e9") + "--o--\r\n";
        assertEquals(
                "part 2.1 (text/plain) is not valid UTF-8 and cannot be re-encoded: it is inside multipart/signed; make it 7bit before it is signed",
                refused(message, "").getMessage());
    }

    @Test
    void aSignedPartThatIsCleanStaysWhileAnotherIsRewritten() throws Exception {
        String start = "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n";
        String signed = SIGNED.formatted("signed", "\u00c3\u00a9", "\u00c3\u00a9 ");
        assertEquals(
                start + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9\r\n--o\r\n" + signed
                        + "--o--\r\n",
                Rewrites.rewrite(start + "\r\nwords and \u00e9\r\n--o\r\n" + signed + "--o--\r\n"));
    }

    @Test
    void aDomainSignatureOfAnAttachedMessageBindsThatMessageOnly() throws Exception {
        String start = "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n";
        String attached = "\r\n--o\r\nContent-Type: message/rfc822\r\n\r\nDKIM-Signature: x\r\n\r\nx\r\n--o--\r\n";
        assertEquals(
                start + "Content-Transfer-Encoding: quoted-printable\r\n\r\nwords and =E9" + attached,
                Rewrites.rewrite(start + "\r\nwords and \u00e9" + attached));
    }

    @Test
    void signedContentWithoutAnyPartIsSealedToo() {
        refused(
                "Content-Type: multipart/signed; boundary=elsewhere\r\n\r\n\u00e9\r\n",
                "it is inside multipart/signed");
        refused("DKIM-Signature: x\r\nno field at all \u00e9\r\n\r\n", "its message is signed by a ");
        refused("DKIM-Signature: x\r\nFrom: \u00e9@b.c\r\n\r\n", "its message is signed by a ");
    }

    /** The boundary would have to change in the field and in every delimiter line. */
    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed; boundary=\u00e9", "multipart/mixed"})
    void aBoundaryWith8BitOctetsIsRefused(String type) {
        refused(
                "Content-Type: " + type + "\r\n\r\n--\u00e9\r\n\r\nx\r\n--\u00e9--\r\n",
                "its boundary has 8-bit octets");
    }

    private static UnencodableContentException refused(String message, String why) {
        var refusal = assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(message));
        assertEquals(true, refusal.getMessage().contains(why), refusal.getMessage());
        return refusal;
    }

    /** Signed content does not change, wherever its 8-bit octets are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pr\u00e9amble\r\n--b\r\n\r\nwords\r\n--b--\r\n",
                "--b\r\n\r\nwords\r\n--b--\r\n\u00e9pilogue\r\n",
                "--b\r\nX-Any: \u00e9\r\n\r\nwords\r\n--b--\r\n",
                "--b\r\n\r\nwords \u00e9\r\n--b--\r\n",
                "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: \u00e9\r\n\r\nwords\r\n--b--\r\n",
                "--c\r\n\r\nwords \u00e9\r\n--c--\r\n",
            })
    void aSignatureCoversPreamblesEpiloguesAndParts(String body) {
        for (String start : new String[] {
            "Content-Type: multipart/signed; boundary=b\r\n\r\n",
            "Content-Type: multipart/encrypted; boundary=b\r\n\r\n",
            "DKIM-Signature: v=1\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        }) {
            UnencodableContentException refusal =
                    assertThrows(UnencodableContentException.class, () -> Rewrites.rewrite(start + body));
            assertTrue(refusal.getMessage().matches("(?s).*(signed|encrypted).*"), refusal.getMessage());
        }
    }
}
