package io.flaremail.forked;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildFlyIT {
    @ParameterizedTest
    @CsvSource({"39.0.1, false", "39.0.1, true", "26.1.3, false", "26.1.3, true"})
    void sends(String version, boolean inWar) throws IOException {
        Trial.of(new WildFly(version, inWar));
    }
}
