package io.flaremail.cli;

import io.flaremail.api.SendingLimits;

/** Whether there is quota left. */
final class QuotaCheck {
    private QuotaCheck() {}

    /** @param limits null when they could not be had */
    static void run(SendingLimits limits, Diagnosis diagnosis) {
        if (limits == null) {
            diagnosis.add(Finding.skipped("Quota", "get access first"));
        } else if (!limits.getLeft().isPresent()) {
            diagnosis.add(Finding.ok("Quota", "Cloudflare tells of no limit"));
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
                        + ", or ask Cloudflare for more");
    }
}
