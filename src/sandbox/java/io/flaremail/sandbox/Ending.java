package io.flaremail.sandbox;

import java.io.IOException;
import java.time.Duration;

/** How an exchange ends. */
sealed interface Ending {
    default boolean readsBody() {
        return true;
    }

    /** @param proper what the endpoint answered, null when it was not asked */
    default Answer answer(Answer proper) {
        return null;
    }

    /** @param answer what {@link #answer} said */
    void play(Answer answer, Wire wire, Ledger ledger) throws IOException, InterruptedException;

    record Proper() implements Ending {
        @Override
        public Answer answer(Answer proper) {
            return proper;
        }

        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) {
            wire.send(answer);
        }
    }

    record Scripted(Answer script) implements Ending {
        @Override
        public Answer answer(Answer proper) {
            return script;
        }

        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) {
            wire.send(answer);
        }
    }

    record Truncated(Answer script, int sentBytes) implements Ending {
        @Override
        public Answer answer(Answer proper) {
            return script;
        }

        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) throws IOException {
            wire.truncate(answer, sentBytes);
        }
    }

    record Dripped(Answer script, Duration perByte) implements Ending {
        @Override
        public Answer answer(Answer proper) {
            return script;
        }

        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) throws IOException, InterruptedException {
            wire.drip(answer, perByte, ledger);
        }
    }

    record Reset(boolean readsBody) implements Ending {
        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) throws IOException {
            wire.reset();
        }
    }

    record HangUp() implements Ending {
        @Override
        public void play(Answer answer, Wire wire, Ledger ledger) {
            wire.hangUp();
        }
    }
}
