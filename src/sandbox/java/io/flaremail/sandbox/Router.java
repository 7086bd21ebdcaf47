package io.flaremail.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the endpoint for a method and a path. Groups of endpoints add their routes when the sandbox is built. */
final class Router {
    private final String base;
    private final Path basePath;
    private final Set<String> common;
    private final List<Route> routes = new ArrayList<>();
    private StrictRequests strict = StrictRequests.NONE;

    /**
     * @param base of all paths, such as {@code /client/v4}
     * @param common query parameters that all routes may have
     */
    Router(String base, String... common) {
        this.base = base;
        this.common = Set.of(common);
        this.basePath = Path.of(base);
    }

    Router strict(StrictRequests rules) {
        this.strict = rules;
        return this;
    }

    /** Whether the path is one of these. */
    boolean isFor(Path path) {
        return path.isBelow(basePath);
    }

    /**
     * @param template a path below the base, with segments such as <code>{account}</code> that match anything
     * @param parameters those that the query may have; any other is refused
     */
    void add(String method, String template, Endpoint endpoint, String... parameters) {
        Set<String> all = new TreeSet<>(common);
        all.addAll(List.of(parameters));
        routes.add(new Route(method, Path.of(base + template), endpoint, Kind.OTHER, all));
    }

    /** As {@link #add}, for the requests that {@link Sandbox#fail} speaks of. */
    void addSending(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, Path.of(base + template), endpoint, Kind.SENDING, Set.of()));
    }

    /** As {@link #add}, for the requests that {@link Sandbox#failPulls} speaks of. */
    void addPulling(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, Path.of(base + template), endpoint, Kind.PULLING, Set.of()));
    }

    /** Which faults a request takes. */
    enum Kind {
        SENDING,
        PULLING,
        OTHER
    }

    Kind kind(String method, Path path) {
        return routes.stream()
                .filter(route -> route.method().equals(method) && route.matches(path))
                .map(Route::kind)
                .findFirst()
                .orElse(Kind.OTHER);
    }

    Answer answer(Call call, Ledger ledger) {
        List<Route> found =
                routes.stream().filter(route -> route.matches(call.path())).toList();
        try {
            return found.stream()
                    .filter(route -> route.method().equals(call.method()))
                    .findFirst()
                    .map(route -> {
                        strict.requireMediaType(call);
                        return route.answer(call, ledger);
                    })
                    .orElseGet(() -> noSuchRoute(found));
        } catch (Refusal refusal) {
            return strict.answer(refusal);
        }
    }

    private static Answer noSuchRoute(List<Route> samePath) {
        if (samePath.isEmpty()) {
            throw new Refusal(ApiError.NO_ROUTE, "the sandbox has no such path");
        }
        String allowed = samePath.stream().map(Route::method).distinct().collect(Collectors.joining(", "));
        return new Refusal(ApiError.METHOD_NOT_ALLOWED, "allowed: " + allowed)
                .answer()
                .with(Map.of("Allow", allowed));
    }

    /** Each route: method, path and the query parameters that it may have. */
    List<String> describe() {
        return routes.stream()
                .map(route -> route.method() + " "
                        + String.join("/", route.template().segments()) + " " + new TreeSet<>(route.parameters()))
                .toList();
    }

    interface Endpoint {
        /** @throws Refusal to answer with one of the API's errors */
        Answer answer(Call call, Ledger ledger);
    }

    private record Route(String method, Path template, Endpoint endpoint, Kind kind, Set<String> parameters) {
        Answer answer(Call call, Ledger ledger) {
            call.query().requireOnly(parameters);
            return endpoint.answer(call.at(template), ledger);
        }

        boolean matches(Path path) {
            return template.matches(path);
        }
    }
}
