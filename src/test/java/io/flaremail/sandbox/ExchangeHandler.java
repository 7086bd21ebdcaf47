package io.flaremail.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One HTTP exchange from its headers to its end, good or bad. */
final class ExchangeHandler extends Handler.Abstract {
    private final Router router;
    private final AtomicReference<Ledger> ledgers;
    private final boolean keepBodies;

    ExchangeHandler(Router router, AtomicReference<Ledger> ledgers, boolean keepBodies) {
        this.keepBodies = keepBodies;
        this.router = router;
        this.ledgers = ledgers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Ledger ledger = ledgers.get();
        Wire wire = new Wire(request, response, callback, Wire.newRay());
        Call head = head(request);
        boolean sending = router.isSending(head.method(), head.path());
        Body body = !sending || ledger.peekFault().readsBody() ? read(request) : Body.UNREAD;
        // A request that breaks off takes no fault: it may belong to a test that is over.
        boolean takesFault = sending && (body.complete() || body == Body.UNREAD);
        Fault fault = takesFault ? ledger.nextFault() : Fault.none();
        Answer answer = body.complete() ? fault.answer(() -> router.answer(head.with(body.bytes()), ledger)) : null;
        ledger.record(exchange(request, head, body, answer, wire));
        if (fault.readsBody() && !body.complete()) {
            wire.hangUp(); // the client went away
        } else {
            finish(fault, answer, wire, ledger);
        }
        return true;
    }

    private static Call head(Request request) {
        Path path = Path.of(request.getHttpURI().getPath());
        Query query = Query.parse(request.getHttpURI().getQuery());
        return new Call(request.getMethod(), path, path, query, headers(request), Body.UNREAD.bytes());
    }

    private Exchange exchange(Request request, Call head, Body body, Answer answer, Wire wire) {
        String target = request.getHttpURI().getPathQuery();
        int status = answer == null ? 0 : answer.status();
        byte[] kept = keepBodies ? body.bytes() : new byte[0];
        return new Exchange(head.method(), target, head.headers(), kept, body.complete(), status, wire.ray());
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

    private static Body read(Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = Content.Source.asInputStream(request)) {
            in.transferTo(bytes);
            return new Body(bytes.toByteArray(), true);
        } catch (IOException e) {
            return new Body(bytes.toByteArray(), false);
        }
    }

    private record Body(byte[] bytes, boolean complete) {
        static final Body UNREAD = new Body(new byte[0], false);
    }
}
