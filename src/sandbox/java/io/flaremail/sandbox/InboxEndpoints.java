package io.flaremail.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /sandbox/messages}: the accepted messages, for the inbox and for tests in any language. Not part of the simulated API, and
 * without its token: only programs on this machine reach it, and no web page of another origin; see {@link ExchangeHandler}. Each
 * request is about the first account, unless {@code account} names another.
 */
final class InboxEndpoints {
    private static final String[] SELECTION = {"to", "from", "subject", "q"};
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,5})(ms|s)");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

    /** Each takes a thread of the HTTP server, which has 200. */
    private static final int MAX_WAITING = 100;

    private static final int MAX_LISTED = 1000;
    private static final String ONE = "/messages/{message}";

    private final Accounts accounts;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    InboxEndpoints(Accounts accounts) {
        this.accounts = accounts;
    }

    void addTo(Router router) {
        router.add("GET", "/messages", this::list, "to", "from", "subject", "q", "limit", "before");
        router.add("DELETE", "/messages", this::deleteAll);
        router.add("GET", "/messages/wait", this::await, "to", "from", "subject", "q", "timeout");
        router.add("GET", ONE, this::message);
        router.add("DELETE", ONE, this::delete);
        router.add(
                "GET",
                ONE + "/raw",
                (call, ledger) -> download(find(call, ledger).raw(), "message/rfc822"));
        router.add("GET", ONE + "/attachments/{number}", this::attachment);
        router.add("GET", ONE + "/html", this::html, "remote");
        router.add("GET", ONE + "/exchange", this::exchange);
        router.add("GET", ONE + "/export", this::export);
    }

    /** Newest first. */
    private Answer list(Call call, Ledger ledger) {
        List<ReceivedMessage> found = selection(call).list();
        long before = call.query().text("before") == null
                ? Long.MAX_VALUE
                : find(call.query().text("before"), ledger).facts().sequence();
        int limit = call.query().number("limit", 100, MAX_LISTED);
        ArrayNode list = Answer.array();
        for (int i = found.size() - 1; i >= 0 && list.size() < limit; i--) {
            if (found.get(i).facts().sequence() < before) {
                list.add(MessageJson.summary(found.get(i), ledger));
            }
        }
        ObjectNode answer = Answer.object().put("total", found.size());
        answer.set("messages", list);
        return Answer.json(200, answer.toString());
    }

    private Messages selection(Call call) {
        Messages selection = accounts.namedBy(call).messages();
        for (String name : SELECTION) {
            String value = call.query().text(name);
            if (value != null) {
                selection = switch (name) {
                    case "to" -> selection.to(value);
                    case "from" -> selection.from(value);
                    case "subject" -> selection.subject(value);
                    default -> selection.containing(value);
                };
            }
        }
        return selection;
    }

    private Answer await(Call call, Ledger ledger) {
        if (!waiting.tryAcquire()) {
            return Answer.error(503, ApiError.INTERNAL_SERVER.code(), "At most " + MAX_WAITING + " clients can wait");
        }
        try {
            return awaited(call, ledger);
        } finally {
            waiting.release();
        }
    }

    private Answer awaited(Call call, Ledger ledger) {
        try {
            ReceivedMessage found = selection(call).await(timeout(call.query()));
            accounts.namedBy(call).events().publish(ledger);
            return Answer.json(200, MessageJson.whole(found, ledger).toString());
        } catch (IllegalStateException e) {
            return Answer.error(408, ApiError.NOT_FOUND.code(), "No message matched in time", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, ApiError.INTERNAL_SERVER.code(), "The sandbox is shutting down");
        }
    }

    private static Duration timeout(Query query) {
        String text = query.text("timeout");
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        Matcher form = TIMEOUT.matcher(text);
        Duration timeout = !form.matches()
                ? MAX_TIMEOUT.plusMillis(1)
                : form.group(2).equals("s")
                        ? Duration.ofSeconds(Long.parseLong(form.group(1)))
                        : Duration.ofMillis(Long.parseLong(form.group(1)));
        if (timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw JsonBody.invalid("timeout: expected up to 60s, such as 5s or 500ms, got \"" + text + "\"");
        }
        return timeout;
    }

    private Answer message(Call call, Ledger ledger) {
        return Answer.json(200, MessageJson.whole(find(call, ledger), ledger).toString());
    }

    private Answer attachment(Call call, Ledger ledger) {
        List<ReceivedAttachment> all = find(call, ledger).attachments();
        String number = call.variable("number");
        if (!number.matches("\\d{1,4}") || Integer.parseInt(number) >= all.size()) {
            throw new Refusal(ApiError.NOT_FOUND, "the message has " + all.size() + " attachments, numbered from 0");
        }
        return download(all.get(Integer.parseInt(number)).content(), "application/octet-stream");
    }

    /** A browser must not show it: it is somebody else's. */
    private static Answer download(byte[] content, String type) {
        return Answer.of(200, type, content).with(Map.of("Content-Disposition", "attachment"));
    }

    private Answer html(Call call, Ledger ledger) {
        boolean remote = "true".equals(call.query().oneOf("remote", Set.of("true", "false")));
        return new MessageHtml(find(call, ledger).content()).answer(remote);
    }

    private Answer exchange(Call call, Ledger ledger) {
        return Answer.json(200, MessageJson.exchange(answered(call, ledger)).toString());
    }

    private static Exchange answered(Call call, Ledger ledger) {
        Exchange exchange = find(call, ledger).request().exchange();
        if (exchange == null) {
            throw new Refusal(ApiError.NOT_FOUND, "the message was not answered yet, or came by SMTP");
        }
        return exchange;
    }

    private Answer export(Call call, Ledger ledger) {
        ReceivedMessage message = find(call, ledger);
        return download(MessageExport.zip(message), "application/zip")
                .with(Map.of(
                        "Content-Disposition", "attachment; filename=\"" + MessageExport.name(message) + ".zip\""));
    }

    private static ReceivedMessage find(Call call, Ledger ledger) {
        return find(call.variable("message"), ledger);
    }

    private static ReceivedMessage find(String id, Ledger ledger) {
        return ledger.messages().find(id).orElseThrow(() -> new Refusal(ApiError.NOT_FOUND, "no message " + id));
    }

    private Answer delete(Call call, Ledger ledger) {
        ledger.messages().forget(find(call, ledger));
        return Answer.noContent();
    }

    private Answer deleteAll(Call call, Ledger ledger) {
        ledger.messages().forgetAll();
        return Answer.noContent();
    }
}
