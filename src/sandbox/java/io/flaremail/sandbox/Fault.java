package io.flaremail.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * One way for a send request to go wrong. A fault takes effect before anything in the request is looked at, so the message is not
 * accepted, unless {@link #afterAccepting()} says otherwise. Immutable: each method answers a new fault.
 */
public final class Fault {
    private final Ending ending;
    private final Map<String, String> headers;
    private final Duration delay;
    private final boolean accepts;

    private Fault(Ending ending, Map<String, String> headers, Duration delay, boolean accepts) {
        this.ending = ending;
        this.headers = headers;
        this.delay = delay;
        this.accepts = accepts;
    }

    private static Fault of(Ending ending) {
        return new Fault(ending, Map.of(), Duration.ZERO, false);
    }

    /** Nothing goes wrong: a place in the queue, or something to add a delay or a header to. */
    public static Fault none() {
        return of(new Ending.Proper());
    }

    /** This answer, as {@code application/json} unless a header says otherwise. */
    public static Fault status(int status, String body) {
        return of(new Ending.Scripted(Answer.json(status, body)));
    }

    /** A well-formed envelope around this error. */
    public static Fault error(int status, int code, String message) {
        return of(new Ending.Scripted(Answer.error(status, code, message)));
    }

    public static Fault error(ApiError error) {
        return of(new Ending.Scripted(Answer.error(error, null)));
    }

    /** The page of a proxy that could not reach the API. */
    public static Fault html(int status) {
        String page =
                "<html><head><title>" + status + "</title></head><body><h1>Error " + status + "</h1></body></html>";
        return status(status, page).header("Content-Type", "text/html; charset=UTF-8");
    }

    /** A TCP RST after the request was read, before any answer. */
    public static Fault reset() {
        return of(new Ending.Reset(true));
    }

    /** A TCP RST after the request's headers; the body is not read. */
    public static Fault resetBeforeBody() {
        return of(new Ending.Reset(false));
    }

    /** An orderly close after the request was read, before any answer. */
    public static Fault hangUp() {
        return of(new Ending.HangUp());
    }

    /** An answer that announces this body, stops after so many of its bytes and closes. */
    public static Fault truncated(int status, String body, int sentBytes) {
        Answer answer = Answer.json(status, body);
        Objects.checkIndex(sentBytes, answer.body().length);
        return of(new Ending.Truncated(answer, sentBytes));
    }

    /** An answer whose headers come at once and whose body comes byte by byte, each after this long. */
    public static Fault drip(int status, String body, Duration perByte) {
        return of(new Ending.Dripped(Answer.json(status, body), perByte));
    }

    /** Adds a header to the answer, if there will be one. */
    public Fault header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Fault(ending, more, delay, accepts);
    }

    /**
     * Waits before answering or breaking the connection: after the request was read (but for {@link #resetBeforeBody()}) and, where the
     * message is accepted, after that. Ends early, with an orderly close, when the sandbox is reset or closed.
     */
    public Fault delay(Duration delay) {
        return new Fault(ending, headers, delay, accepts);
    }

    /** Lets the request be dealt with as usual first, so that a good message is accepted and only the answer to it is lost. */
    public Fault afterAccepting() {
        if (!ending.readsBody()) {
            throw new IllegalStateException("A message whose body is not read cannot be accepted");
        }
        return new Fault(ending, headers, delay, true);
    }

    boolean readsBody() {
        return ending.readsBody();
    }

    Duration delay() {
        return delay;
    }

    /** What the client will be told; null when the connection will be broken instead. */
    Answer answer(Supplier<Answer> processing) {
        Answer proper = accepts || ending instanceof Ending.Proper ? processing.get() : null;
        Answer told = ending.answer(proper);
        return told == null ? null : told.with(headers);
    }

    void finish(Answer answer, Wire wire, Ledger ledger) throws IOException, InterruptedException {
        ending.play(answer, wire, ledger);
    }
}
