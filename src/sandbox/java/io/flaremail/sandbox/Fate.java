package io.flaremail.sandbox;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of a recipient. The address decides: {@code bounce@..} and {@code bounce+anything@..} bounce, and so on. */
enum Fate {
    DELIVERED,
    QUEUED,
    BOUNCE,
    SUPPRESSED;

    private static Fate of(String address) {
        String local = address.substring(0, address.lastIndexOf('@')).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(fate -> fate != DELIVERED)
                .filter(fate -> local.equals(fate.name()) || local.startsWith(fate.name() + "+"))
                .findFirst()
                .orElse(DELIVERED);
    }

    /** Has a list, perhaps an empty one, for each fate. */
    static Map<Fate, List<String>> of(List<String> addresses) {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        fate -> addresses.stream()
                                .filter(address -> of(address) == fate)
                                .toList()));
    }

    /** Those that a message gets to, now or from the queue. */
    static List<String> reached(List<String> addresses) {
        return addresses.stream()
                .filter(address -> of(address) == DELIVERED || of(address) == QUEUED)
                .toList();
    }
}
