package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /sandbox}: what the inbox shows besides messages; see {@link InboxEndpoints}. */
final class StateEndpoints {
    private static final int MAX_PEEKED = 20;

    private final Accounts accounts;
    private final DnsZone dns;
    private final Supplier<URI> endpoint;

    StateEndpoints(Accounts accounts, DnsZone dns, Supplier<URI> endpoint) {
        this.accounts = accounts;
        this.dns = dns;
        this.endpoint = endpoint;
    }

    void addTo(Router router) {
        router.add("GET", "/state", this::state);
        router.add("GET", "/domains", this::domains);
        router.add("GET", "/suppressions", this::suppressions);
        router.add("GET", "/queues", this::queues);
        router.add("GET", "/faults", this::faults);
        router.add("DELETE", "/faults", this::clearFaults);
    }

    private SimulatedAccount account(Call call) {
        return accounts.byId(call.query().text("account"));
    }

    private Answer state(Call call, Ledger ledger) {
        SimulatedAccount account = account(call);
        account.events().publish(ledger);
        ObjectNode state = Answer.object()
                .put("revision", revision(account, ledger))
                .put("now", account.now().toString());
        accounts.ids().forEach(state.putArray("accounts")::add);
        properties(account).forEach(state.putArray("properties")::add);
        List.of(NamedFault.values()).forEach(fault -> state.withArray("faults").add(fault.word()));
        Fate.words().forEach(state.putArray("fates")::add);
        return Answer.json(200, state.toString());
    }

    /** Differs whenever something that the inbox shows has changed. */
    private static String revision(SimulatedAccount account, Ledger ledger) {
        List<Object> parts = List.of(
                ledger.id(),
                ledger.messages().changes(),
                ledger.events().changes(),
                ledger.queued(Router.Kind.SENDING).size(),
                ledger.queued(Router.Kind.PULLING).size(),
                ledger.fates().all().hashCode(),
                ledger.suppressions().active(account.now()).hashCode(),
                account.domains().all().hashCode(),
                account.queues().all().stream().mapToInt(MessageQueue::backlog).sum());
        return parts.stream().map(Object::toString).collect(Collectors.joining("."));
    }

    /** Without a token that was made for this start: it is only on the terminal. */
    private List<String> properties(SimulatedAccount account) {
        String token = account.token().equals(SandboxMain.TOKEN) ? account.token() : "(see the sandbox's output)";
        return List.of(
                "mail.transport.protocol=cloudflare",
                "mail.transport.protocol.rfc822=cloudflare",
                "mail.cloudflare.endpoint=" + endpoint.get(),
                "mail.cloudflare.account=" + account.id(),
                "mail.cloudflare.token=" + token);
    }

    private Answer domains(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        ArrayNode list = answer.putArray("domains");
        for (SendingDomain domain : account(call).domains().all()) {
            ObjectNode one = list.addObject()
                    .put("name", domain.name())
                    .put("enabled", domain.enabled())
                    .put("zone", domain.zone().id())
                    .put("dns_status", DnsCheck.of(domain.records(), dns).status());
            domain.records().all().stream().map(DnsRecord::json).forEach(one.putArray("records")::add);
        }
        return Answer.json(200, answer.toString());
    }

    private Answer suppressions(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        ArrayNode list = answer.putArray("suppressions");
        for (Suppression each : ledger.suppressions().active(account(call).now())) {
            list.addObject()
                    .put("email", each.email())
                    .put("reason", each.reason())
                    .put("domain", each.sendingDomain())
                    .put("created_at", each.createdAt().toString())
                    .put(
                            "expires_at",
                            each.expiresAt() == null ? null : each.expiresAt().toString());
        }
        return Answer.json(200, answer.toString());
    }

    /** The messages of each are looked at, not leased. */
    private Answer queues(Call call, Ledger ledger) {
        SimulatedAccount account = account(call);
        account.events().publish(ledger);
        ObjectNode answer = Answer.object();
        ArrayNode list = answer.putArray("queues");
        account.queues().all().stream()
                .sorted(Comparator.comparing(MessageQueue::name))
                .forEach(queue -> {
                    ObjectNode one = list.addObject().put("name", queue.name()).put("backlog", queue.backlog());
                    ArrayNode messages = one.putArray("messages");
                    queue.peek(MAX_PEEKED).forEach(message -> messages.add(message.json(false)));
                });
        return Answer.json(200, answer.toString());
    }

    private Answer faults(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        ledger.queued(Router.Kind.SENDING)
                .forEach(fault -> answer.withArray("sends").add(NamedFault.word(fault)));
        ledger.queued(Router.Kind.PULLING)
                .forEach(fault -> answer.withArray("pulls").add(NamedFault.word(fault)));
        answer.withArray("sends");
        answer.withArray("pulls");
        return Answer.json(200, answer.toString());
    }

    private Answer clearFaults(Call call, Ledger ledger) {
        ledger.clearFaults();
        return Answer.of(204, "application/json", new byte[0]);
    }
}
