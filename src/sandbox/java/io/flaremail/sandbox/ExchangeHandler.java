package io.flaremail.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One HTTP exchange from its headers to its end, good or bad. Memory is for those who have a token: the body of a request
 * without one is read and thrown away, and so is one that is longer than any the service takes.
 */
final class ExchangeHandler extends Handler.Abstract {
    /** A message of 5 MiB is at most six times as long as JSON. */
    private static final int LONGEST_BODY = 31 << 20;

    /** Of a refused request a longer body is not remembered. */
    private static final int LONGEST_REFUSED = 64 * 1024;

    private final Accounts accounts;
    private final Router inbox;
    private final InboxPages pages = new InboxPages();
    private final boolean keepBodies;
    private final boolean inDatabase;

    /** Over TLS the certificate decides which names are ours: a browser does not go on with another. */
    private final boolean anyHost;

    private final ListenAddress listen;

    ExchangeHandler(Accounts accounts, Router inbox, Settings settings) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.keepBodies = settings.keepBodies();
        this.inDatabase = settings.inDatabase();
        this.anyHost = settings.tls() != null;
        this.listen = settings.listen();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Wire wire = new Wire(request, response, callback, Wire.newRay());
        try {
            handle(request, wire);
        } catch (DatabaseException e) {
            // It comes before any answer: the storage is part of deciding on one.
            wire.send(BrowserHeaders.protect(new Refusal(ApiError.INTERNAL_SERVER, e.getMessage()).answer()));
        }
        return true;
    }

    private void handle(Request request, Wire wire) throws Exception {
        Call head = head(request, wire.ray());
        if (pages.isFor(head.path()) || inbox.isFor(head.path())) {
            wire.send(BrowserHeaders.protect(inboxAnswer(head, request)));
            return;
        }
        SimulatedAccount account = accounts.of(head);
        Ledger ledger = account.ledger();
        Router router = account.router();
        Router.Kind kind = isLocal(head) ? router.kind(head.method(), head.path()) : Router.Kind.OTHER;
        Fault fault = ledger.nextFault(kind);
        int most = isLocal(head) && account.access().isKnown(head) ? LONGEST_BODY : 0;
        Body body = fault.readsBody() ? read(request, most) : Body.UNREAD;
        if (fault.readsBody() && !body.complete()) {
            ledger.giveBack(fault, kind); // a request that breaks off takes none: it may belong to a test that is over
            ledger.record(exchange(request, head, body, null, wire, account));
            wire.hangUp(); // the client went away
            return;
        }
        Answer answer = body.complete() ? fault.answer(() -> answer(head, body, account, ledger)) : null;
        ledger.record(exchange(request, head, body, answer, wire, account));
        finish(fault, answer, wire, ledger);
    }

    private boolean isLocal(Call head) {
        String host = head.header("Host");
        return anyHost || host == null || listen.isCalled(host);
    }

    private Answer misdirected() {
        return new Refusal(ApiError.MISDIRECTED, "Host: expected " + listen.expected()).answer();
    }

    private Answer answer(Call head, Body body, SimulatedAccount account, Ledger ledger) {
        if (!isLocal(head)) {
            return misdirected();
        }
        if (body.cut() && account.access().isKnown(head)) {
            return new Refusal(ApiError.TOO_BIG, "the request is longer than " + LONGEST_BODY + " bytes").answer();
        }
        account.events()
                .publish(ledger); // each request those that are due, not all of them the first that shows events
        Answer answer = account.router().answer(head.with(body.bytes()), ledger);
        account.commit(); // what is told to the client must outlive the process
        return answer;
    }

    /** No exchange of the simulated API: it is not recorded, and takes no fault. */
    private Answer inboxAnswer(Call head, Request request) {
        if (!isLocal(head)) {
            return misdirected();
        }
        if (!isOfThisOrigin(head)) {
            return new Refusal(ApiError.FORBIDDEN, "Origin: a web page of another origin has no access").answer();
        }
        Body body = read(request, LONGEST_REFUSED);
        if (pages.isFor(head.path())) {
            return pages.answer(head);
        }
        try {
            SimulatedAccount account = accounts.namedBy(head);
            Ledger ledger = account.ledger();
            account.events().publish(ledger);
            Answer answer = inbox.answer(head.with(body.bytes()), ledger);
            if (!head.method().equals("GET")) {
                account.commit(); // a read does not wait for the disk: after a crash, its events come due again
            }
            return answer;
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    /** Browsers send it with every request that changes something. */
    private static boolean isOfThisOrigin(Call head) {
        String origin = head.header("Origin");
        return origin == null || origin.replaceFirst("(?i)^https?://", "").equalsIgnoreCase(head.header("Host"));
    }

    private static Call head(Request request, String ray) {
        Path path = Path.of(request.getHttpURI().getPath());
        Query query = Query.parse(request.getHttpURI().getQuery());
        return new Call(request.getMethod(), path, path, query, headers(request), Body.UNREAD.bytes(), ray);
    }

    private Exchange exchange(
            Request request, Call head, Body body, Answer answer, Wire wire, SimulatedAccount account) {
        return new Exchange(
                head.method(),
                request.getHttpURI().getPathQuery(),
                head.headers(),
                isKept(body, answer) ? body.bytes() : new byte[0],
                body.complete(),
                answer == null ? 0 : answer.status(),
                text(answer),
                wire.ray(),
                account.now());
    }

    /** A database has the body of each accepted message. */
    private boolean isKept(Body body, Answer answer) {
        boolean refused = answer != null && answer.status() >= 400;
        return keepBodies && (refused ? body.bytes().length <= LONGEST_REFUSED : !inDatabase);
    }

    private static String text(Answer answer) {
        boolean large = answer == null || answer.body().length > LONGEST_REFUSED;
        return large || answer.isBinary() ? "" : new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static void finish(Fault fault, Answer answer, Wire wire, Ledger ledger) throws InterruptedException {
        try {
            if (ledger.pause(fault.delay())) {
                fault.finish(answer, wire, ledger);
            } else {
                wire.hangUp();
            }
        } catch (IOException e) {
            wire.lost(e);
        }
    }

    private static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders()
                .forEach(field -> headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(field.getValue()));
        headers.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(headers);
    }

    /** @param most how many bytes to keep; a longer body is read to its end, and nothing of it kept */
    private static Body read(Request request, int most) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long length = 0;
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                length += count;
                if (length <= most) {
                    kept.write(some, 0, count);
                } else {
                    kept = new ByteArrayOutputStream();
                }
            }
            return new Body(kept.toByteArray(), true, length > most);
        } catch (IOException e) {
            return new Body(kept.toByteArray(), false, length > most);
        }
    }

    /** @param cut whether it was longer than what is kept */
    private record Body(byte[] bytes, boolean complete, boolean cut) {
        static final Body UNREAD = new Body(new byte[0], false, false);
    }
}
