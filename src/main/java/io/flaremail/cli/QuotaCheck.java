package io.flaremail.cli;

import io.flaremail.api.SendingLimits;

/** Checks whether there is quota left. */
final class QuotaCheck {
    private QuotaCheck() {}

    /** @param limits null if they are unknown */
    static void run(SendingLimits limits, Diagnosis diagnosis) {
        if (limits == null) {
            diagnosis.add(Finding.skipped("Quota", "fix the access first"));
        } else if (!limits.getLeft().isPresent()) {
            diagnosis.add(Finding.ok("Quota", "Cloudflare reports no limit"));
        } else {
            diagnosis.add(judge(limits));
        }
    }

    private static Finding judge(SendingLimits limits) {
        String used = limits.getSent().get() + " of " + limits.getQuota().get() + " a " + Limits.unit(limits) + " used";
        if (limits.getLeft().get() > 0) {
            return Finding.ok("Quota", used + ", " + limits.getLeft().get() + " left");
        }
        return Finding.wrong(
                "Quota",
                used + ", none left",
                "wait until " + limits.getResetsAt().map(Object::toString).orElse("the next " + Limits.unit(limits))
                        + ", or ask Cloudflare for a higher quota");
    }
}
