package io.flaremail.sandbox;

import java.util.List;
import java.util.Optional;

/** The accounts; there is at least one. */
record Accounts(List<SimulatedAccount> all) {
    /** The one that the sandbox's own methods are about. */
    SimulatedAccount first() {
        return all.get(0);
    }

    /**
     * The one whose token the request has; otherwise the first, which refuses it. Of several with this token, which only a folder
     * of former runs has, the one that the path names.
     */
    SimulatedAccount of(Call call) {
        List<SimulatedAccount> known =
                all.stream().filter(account -> account.access().isKnown(call)).toList();
        return known.stream()
                .filter(account -> account.isNamedIn(call.path()))
                .findFirst()
                .orElseGet(() -> known.isEmpty() ? first() : known.get(0));
    }

    Optional<SimulatedAccount> find(String id) {
        return all.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    List<String> ids() {
        return all.stream().map(SimulatedAccount::id).toList();
    }

    /**
     * The one that a request of the sandbox's own API names with {@code account}; without it, the first.
     *
     * @throws Refusal if the account is unknown
     */
    SimulatedAccount namedBy(Call call) {
        String id = call.query().text("account");
        return id == null ? first() : find(id).orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no account " + id));
    }
}
