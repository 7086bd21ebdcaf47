package io.flaremail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid and invalid UTF-8, in whole and in half characters. */
class Utf8CheckTest {
    /** The lowest and highest character of each form, and the first value beyond it. RFC 3629 4. */
    @ParameterizedTest
    @CsvSource({
        "7f, true",
        "80, false",
        "bf, false",
        "c1bf, false",
        "c280, true",
        "dfbf, true",
        "c27f, false",
        "c2c0, false",
        "e09fbf, false",
        "e0a080, true",
        "e0bfbf, true",
        "e18080, true",
        "ecbfbf, true",
        "ed9fbf, true",
        "eda080, false",
        "ee8080, true",
        "efbfbf, true",
        "f08fbfbf, false",
        "f0908080, true",
        "f3bfbfbf, true",
        "f48fbfbf, true",
        "f4908080, false",
        "f5808080, false",
        "ff, false",
        "e080, false",
        "f09080, false"
    })
    void utf8HasNoOtherForms(String hex, boolean valid) {
        byte[] octets = new byte[hex.length() / 2 + 2];
        octets[0] = (byte) 0xff;
        octets[octets.length - 1] = (byte) 0xff;
        for (int i = 0; i < hex.length(); i += 2) {
            octets[1 + i / 2] = (byte) Integer.parseInt(hex.substring(i, i + 2), 16);
        }
        assertEquals(valid, Utf8Check.isUtf8(octets, 1, octets.length - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "c3a9, true",
        "c24180, false",
        "c241, false",
        "c2, false",
        "e282ac, true",
        "e28241, false",
        "e24182ac, false",
        "f09f9880, true",
        "f09f9841, false",
        "80, false",
        "c0af, false",
        "eda080, false",
        "f4908080, false",
        "4180, false",
    })
    void halfACharacterIsNotUtf8(String hex, boolean valid) throws Exception {
        byte[] octets = new byte[hex.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertEquals(valid, Utf8Check.isUtf8(octets, 0, octets.length));
        JsonMimeStream json = new JsonMimeStream(new ByteArrayOutputStream());
        json.write(octets);
        json.finish();
        assertEquals(valid, json.isUtf8());
    }
}
