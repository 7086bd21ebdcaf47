package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code /sandbox}: what the sandbox is set to and what it holds besides messages, for the inbox; see {@link InboxEndpoints}. */
final class StateEndpoints {

    /** Of each queue; the others follow when these are acknowledged. */
    private static final int SHOWN_IN_QUEUE = 20;

    private static final int MAX_SUPPRESSIONS = 1000;

    private final Accounts accounts;
    private final Settings settings;
    private final DnsZone dns;
    private final Supplier<ObjectNode> addresses;
    private final Revision revision = new Revision();

    /** @param addresses where the sandbox listens */
    StateEndpoints(Accounts accounts, Settings settings, DnsZone dns, Supplier<ObjectNode> addresses) {
        this.accounts = accounts;
        this.settings = settings;
        this.dns = dns;
        this.addresses = addresses;
    }

    void addTo(Router router) {
        router.add("GET", "/state", this::state);
        router.add("GET", "/domains", this::domains);
        router.add("GET", "/suppressions", this::suppressions);
        router.add("GET", "/queues", this::queues);
        router.add("GET", "/faults", this::faults);
        router.add("DELETE", "/faults", this::clearFaults);
    }

    private Answer state(Call call, Ledger ledger) {
        ArrayNode list = Answer.array();
        List<Object> visible =
                new ArrayList<>(List.of(dns.records(), settings.clock().ahead()));
        for (SimulatedAccount account : accounts.all()) {
            account.events().publish(account.ledger());
            visible.addAll(visible(account));
            list.add(json(account));
        }
        ObjectNode state = Answer.object().put("revision", revision.of(visible));
        state.setAll(addresses.get());
        state.put("time", settings.clock().instant().toString())
                .put("clock_ahead_seconds", settings.clock().ahead().toSeconds());
        state.set("accounts", list);
        return Answer.json(200, state.toString());
    }

    private List<Object> visible(SimulatedAccount account) {
        Ledger ledger = account.ledger();
        List<Object> visible = new ArrayList<>(List.of(
                ledger,
                ledger.recorded(),
                ledger.messages().changes(),
                ledger.events().changes(),
                ledger.suppressions().changes(),
                ledger.suppressions().count(account.now()),
                ledger.fates().all(),
                ledger.queued(Router.Kind.SENDING),
                ledger.queued(Router.Kind.PULLING)));
        visible.add(account.domains().all());
        for (MessageQueue queue : account.queues().all()) {
            visible.add(queue.name());
            visible.add(queue.backlog());
            queue.peek(SHOWN_IN_QUEUE).forEach(message -> visible.add(message.stored()));
        }
        return visible;
    }

    /** With the token only if it is the one that is the same at each start; any other is only on the terminal. */
    private ObjectNode json(SimulatedAccount account) {
        Ledger ledger = account.ledger();
        ObjectNode json = Answer.object().put("account", account.id()).put("zone", account.zone());
        ArrayNode names = json.putArray("domains");
        account.domains().names().forEach(names::add);
        if (account.token().equals(SandboxMain.TOKEN)) {
            json.put("token", account.token());
        }
        return json.put("any_sender", settings.anySender())
                .put("messages", ledger.messages().size())
                .put("refused_requests", ledger.refused())
                .put("suppressions", ledger.suppressions().count(account.now()))
                .put(
                        "backlog",
                        account.queues().all().stream()
                                .mapToInt(MessageQueue::backlog)
                                .sum())
                .put(
                        "faults",
                        ledger.queued(Router.Kind.SENDING).size()
                                + ledger.queued(Router.Kind.PULLING).size());
    }

    private Answer domains(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        ArrayNode list = answer.putArray("domains");
        for (SendingDomain domain : accounts.namedBy(call).domains().all()) {
            ObjectNode json = list.addObject()
                    .put("name", domain.name())
                    .put("enabled", domain.enabled())
                    .put("locked", domain.locked());
            json.putObject("zone")
                    .put("id", domain.zone().id())
                    .put("name", domain.zone().name());
            json.set("dns", DnsCheck.of(domain.records(), dns).json());
        }
        return Answer.json(200, answer.toString());
    }

    private Answer suppressions(Call call, Ledger ledger) {
        List<Suppression> active =
                ledger.suppressions().active(accounts.namedBy(call).now());
        ObjectNode answer = Answer.object().put("total", active.size());
        ArrayNode list = answer.putArray("suppressions");
        active.stream().limit(MAX_SUPPRESSIONS).forEach(each -> list.add(each.json()));
        return Answer.json(200, answer.toString());
    }

    private Answer queues(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        ArrayNode list = answer.putArray("queues");
        for (MessageQueue queue : accounts.namedBy(call).queues().all()) {
            ObjectNode json = list.addObject()
                    .put("id", queue.id)
                    .put("name", queue.name())
                    .put("backlog", queue.backlog());
            ArrayNode messages = json.putArray("messages");
            queue.peek(SHOWN_IN_QUEUE)
                    .forEach(message -> messages.add(message.json(false)
                            .put(
                                    "leased",
                                    message.isLeased(accounts.namedBy(call).now()))));
        }
        return Answer.json(200, answer.toString());
    }

    private Answer faults(Call call, Ledger ledger) {
        ObjectNode answer = Answer.object();
        answer.set("sends", runs(ledger.queued(Router.Kind.SENDING)));
        answer.set("pulls", runs(ledger.queued(Router.Kind.PULLING)));
        ArrayNode names = answer.putArray("names");
        for (NamedFault fault : NamedFault.values()) {
            names.add(fault.word());
        }
        return Answer.json(200, answer.toString());
    }

    /** The next fault first; the same one several times in a row is one entry. */
    private static ArrayNode runs(List<Fault> faults) {
        ArrayNode runs = Answer.array();
        for (int i = 0; i < faults.size(); i++) {
            String word = NamedFault.word(faults.get(i));
            if (runs.isEmpty()
                    || !runs.get(runs.size() - 1).get("fault").textValue().equals(word)) {
                runs.addObject().put("fault", word).put("times", 0);
            }
            ObjectNode run = (ObjectNode) runs.get(runs.size() - 1);
            run.put("times", run.get("times").intValue() + 1);
        }
        return runs;
    }

    private Answer clearFaults(Call call, Ledger ledger) {
        ledger.clearFaults();
        return Answer.noContent();
    }
}
