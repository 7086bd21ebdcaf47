package io.flaremail.forked;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomEEIT {
    @ParameterizedTest
    @CsvSource({"9.0.0, false", "9.0.0, true", "8.0.13, false", "8.0.13, true"})
    void sends(String version, boolean inWar) throws IOException {
        Trial.of(new TomEE(version, inWar));
    }
}
