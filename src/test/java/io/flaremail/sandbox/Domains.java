package io.flaremail.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The onboarded sending domains. Each stands for its exact name only, neither its parents nor its children. */
final class Domains {
    private final Map<String, Boolean> enabledByName = new LinkedHashMap<>();
    private final boolean strangersMaySend;

    Domains(List<String> names, boolean strangersMaySend) {
        this.strangersMaySend = strangersMaySend;
        names.forEach(name -> put(name, true));
    }

    synchronized void put(String name, boolean enabled) {
        enabledByName.put(name.toLowerCase(Locale.ROOT), enabled);
    }

    synchronized List<String> names() {
        return List.copyOf(enabledByName.keySet());
    }

    synchronized void requireSending(String name) {
        Boolean enabled = enabledByName.get(name.toLowerCase(Locale.ROOT));
        if (enabled == null && strangersMaySend) {
            return;
        }
        if (enabled == null) {
            throw new Refusal(ApiError.SENDER_NOT_CONFIGURED, "not onboarded: " + name);
        }
        if (!enabled) {
            throw new Refusal(ApiError.SENDING_DISABLED, "onboarded, but not enabled: " + name);
        }
    }
}
