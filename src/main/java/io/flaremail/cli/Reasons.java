package io.flaremail.cli;

import java.util.ArrayList;
import java.util.Arrays;

/** Why an address is suppressed, in the words of the API. */
final class Reasons extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Reasons() {
        super(Arrays.asList("manual", "complaint", "hard_bounce", "soft_bounce", "policy"));
    }

    static void require(String reason) throws CliException {
        if (!new Reasons().contains(reason)) {
            throw CliException.usage("--reason: expected one of " + String.join(", ", new Reasons()));
        }
    }
}
