package io.flaremail.forked;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayaraIT {
    @ParameterizedTest
    @CsvSource({
        "7.2025.1, false",
        "7.2025.1, true",
        "6.2025.10, false",
        "6.2025.10, true",
        "5.2022.5, false",
        "5.2022.5, true"
    })
    void sends(String version, boolean inWar) throws IOException {
        Trial.of(new Payara(version, inWar));
    }
}
