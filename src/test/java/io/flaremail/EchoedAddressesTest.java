package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.flaremail.text.EchoedAddresses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which recipients an address means that the API echoes. Addresses are separated by blanks. */
class EchoedAddressesTest {
    private static final String DELIMITER = " +";

    @ParameterizedTest(name = "{1} among {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a@example.net b@example.net             | a@example.net                | a@example.net",
                "a@example.net b@example.net             | A@EXAMPLE.NET                | a@example.net",
                "a@example.net b@example.net             | ' a@example.net '            | a@example.net",
                "a@example.net b@example.net             | a@example.net.               | a@example.net",
                "a@example.net b@example.net             | Ann <a@example.net>          | a@example.net",
                "a@example.net b@example.net             | <A@example.net>              | a@example.net",
                "a@example.net b@example.net             | c@example.net                | ''",
                "a@example.net b@example.net             | a@example.com                | ''",
                "a@example.net b@example.net             | ''                           | ''",
                "a@example.net b@example.net             | >                            | ''",
                // case: the exact one, else all that differ in it only
                "John@example.net john@example.net x@y.z | john@example.net             | john@example.net",
                "John@example.net john@example.net x@y.z | JOHN@example.net             | John@example.net john@example.net",
                // a domain that went out as punycode
                "a@xn--bcher-kva.example b@example.net   | a@b\u00fccher.example             | a@xn--bcher-kva.example",
                "a@xn--bcher-kva.example b@example.net   | A@B\u00dcCHER.example.            | a@xn--bcher-kva.example",
                "a@xn--bcher-kva.example b@example.net   | A <a@XN--BCHER-KVA.example>  | a@xn--bcher-kva.example",
                // the mailbox behind a subaddress, and never the other way round
                "u+t@example.net b@example.net           | u@example.net                | u+t@example.net",
                "u+t@example.net b@example.net           | U <U@example.net>            | u+t@example.net",
                "u+t@example.net u+v@example.net         | u@example.net                | u+t@example.net u+v@example.net",
                "u+t@example.net u@example.net           | u@example.net                | u@example.net",
                "u+t@example.net u+v@example.net         | u+t@example.net              | u+t@example.net",
                "u@example.net b@example.net             | u+t@example.net              | ''",
                "+t@example.net b@example.net            | @example.net                 | ''",
                // one recipient: it can mean no other
                "a@example.net                           | who@example.com              | a@example.net",
            })
    void meansTheseRecipients(String request, String echo, String meant) {
        EchoedAddresses echoed = new EchoedAddresses(List.of(request.split(DELIMITER)));
        Set<String> expected = meant == null || meant.isEmpty() ? Set.of() : Set.of(meant.split(DELIMITER));
        assertEquals(expected, echoed.of(List.of(echo)));
        assertEquals(expected.isEmpty() ? Set.of(echo) : Set.of(), echoed.strangers(List.of(echo)));
    }
}
