package io.flaremail.forked;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibertyIT {
    @ParameterizedTest
    @CsvSource({"mail-2.1, false", "mail-2.1, true", "javaMail-1.6, false", "javaMail-1.6, true"})
    void sends(String mail, boolean inWar) throws IOException {
        Trial.of(new Liberty(mail, inWar));
    }
}
