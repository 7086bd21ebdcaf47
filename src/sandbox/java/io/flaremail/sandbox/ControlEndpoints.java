package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** {@code /sandbox}: faults, fates of addresses, and the clock; see {@link InboxEndpoints}. */
final class ControlEndpoints {

    /** A year. */
    private static final int MAX_ADVANCE = 366 * 86_400;

    private final Runnable reset;
    private final Consumer<Duration> advanceClock;

    ControlEndpoints(Runnable reset, Consumer<Duration> advanceClock) {
        this.reset = reset;
        this.advanceClock = advanceClock;
    }

    void addTo(Router router) {
        router.add("POST", "/reset", this::reset);
        router.add("POST", "/faults", this::fail);
        router.add("POST", "/clock", this::advance);
        router.add("GET", "/fates", this::fates);
        router.add("PUT", "/fates/{address}", this::choose);
        router.add("DELETE", "/fates/{address}", this::forget);
    }

    private Answer reset(Call call, Ledger ledger) {
        reset.run();
        return Answer.noContent();
    }

    private Answer fail(Call call, Ledger ledger) {
        JsonBody body = JsonBody.parse(call.body());
        body.requireFields(Set.of("fault"), Set.of("times", "requests"));
        Fault fault = NamedFault.of(body.text("fault"));
        int times = body.number("times", 1, 1, 10_000);
        String requests = body.has("requests") ? body.text("requests") : "sends";
        for (int i = 0; i < times; i++) {
            switch (requests) {
                case "sends" -> ledger.fail(fault);
                case "pulls" -> ledger.failPulls(fault);
                default -> throw JsonBody.invalid("requests: expected sends or pulls, got \"" + requests + "\"");
            }
        }
        return Answer.noContent();
    }

    private Answer advance(Call call, Ledger ledger) {
        JsonBody body = JsonBody.parse(call.body());
        body.requireFields(Set.of("advance_seconds"));
        advanceClock.accept(Duration.ofSeconds(body.number("advance_seconds", 0, 0, MAX_ADVANCE)));
        return Answer.noContent();
    }

    private Answer fates(Call call, Ledger ledger) {
        ObjectNode all = Answer.object();
        ledger.fates().all().forEach(all::put);
        ObjectNode answer = Answer.object();
        answer.set("fates", all);
        Fate.words().forEach(answer.putArray("names")::add);
        return Answer.json(200, answer.toString());
    }

    private Answer choose(Call call, Ledger ledger) {
        JsonBody body = JsonBody.parse(call.body());
        body.requireFields(Set.of("fate"));
        ledger.fates().choose(call.variable("address"), body.text("fate"));
        return Answer.noContent();
    }

    private Answer forget(Call call, Ledger ledger) {
        String address = call.variable("address");
        if (!ledger.fates().forget(address)) {
            throw new Refusal(ApiError.NOT_FOUND, "no fate was chosen for " + address);
        }
        return Answer.noContent();
    }
}
