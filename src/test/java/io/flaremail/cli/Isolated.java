package io.flaremail.cli;

import java.util.function.Function;

/** Runs the command line in the class loader that loaded this; only classes of the runtime pass between the worlds. */
public final class Isolated implements Function<String[], String> {
    @Override
    public String apply(String[] args) {
        return Run.of(args)
                .environment("CLOUDFLARE_API_TOKEN", Golden.TOKEN)
                .environment("CLOUDFLARE_ACCOUNT_ID", Golden.ACCOUNT)
                .go()
                .everything();
    }
}
