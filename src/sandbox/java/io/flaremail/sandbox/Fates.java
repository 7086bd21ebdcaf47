package io.flaremail.sandbox;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The fates that were chosen for addresses; that of any other address is in its local part. See {@link Fate}. */
final class Fates {
    static final String KIND = "fate";

    private final Map<String, String> wordByAddress = new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Storage storage;

    private record Stored(String address, String word) {}

    Fates(Storage storage) {
        this.storage = storage;
        storage.all(KIND, Stored.class).forEach(stored -> wordByAddress.put(stored.address(), stored.word()));
    }

    /** @throws Refusal if the fate is unknown */
    synchronized void choose(String address, String word) {
        if (!Fate.words().contains(word)) {
            throw JsonBody.invalid(
                    "fate: expected one of " + String.join(", ", Fate.words()) + ", got \"" + word + "\"");
        }
        wordByAddress.put(Submission.address("address", address), word);
        storage.put(KIND, address.toLowerCase(Locale.ROOT), new Stored(address, word));
    }

    /** Returns false if none was chosen. */
    synchronized boolean forget(String address) {
        storage.remove(KIND, address.toLowerCase(Locale.ROOT));
        return wordByAddress.remove(address) != null;
    }

    Map<String, String> all() {
        return new TreeMap<>(wordByAddress);
    }

    /** An address whose local part decides the fate of this one. */
    String deciding(String address) {
        String word = wordByAddress.get(address);
        return word == null ? address : word + address.substring(address.lastIndexOf('@'));
    }
}
