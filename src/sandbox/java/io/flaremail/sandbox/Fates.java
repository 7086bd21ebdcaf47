package io.flaremail.sandbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The fates that were chosen for addresses; that of any other address is in its local part. See {@link Fate}. */
final class Fates {
    private final Map<String, String> wordByAddress = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    /** @throws Refusal if there is no such fate */
    void choose(String address, String word) {
        if (!Fate.words().contains(word)) {
            throw JsonBody.invalid(
                    "fate: expected one of " + String.join(", ", Fate.words()) + ", got \"" + word + "\"");
        }
        wordByAddress.put(Submission.address("address", address), word);
    }

    /** Returns false if none was chosen. */
    boolean forget(String address) {
        return wordByAddress.remove(address) != null;
    }

    Map<String, String> all() {
        return new TreeMap<>(wordByAddress);
    }

    /** An address whose local part says what becomes of this one. */
    String deciding(String address) {
        String word = wordByAddress.get(address);
        return word == null ? address : word + address.substring(address.lastIndexOf('@'));
    }
}
