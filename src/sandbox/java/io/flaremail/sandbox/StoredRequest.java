package io.flaremail.sandbox;

/** The request that brought an accepted message, in memory or in a database. It is kept once: the message is a part of it. */
interface StoredRequest {
    /** The body; empty for a message that came by SMTP. */
    byte[] body();

    /** The message as received: before its Message-ID was replaced. */
    byte[] mime();

    /** The request with its answer; null before there is an answer, and for a message that came by SMTP. */
    Exchange exchange();

    void answered(Exchange exchange);

    /** Without any bytes, for a sandbox that does not keep them. */
    static InMemory empty() {
        return new InMemory(new byte[0], new byte[0]);
    }

    /** @param separate the message, if the body has it in another form than {@code send_raw} */
    static InMemory inMemory(byte[] body, byte[] separate) {
        return new InMemory(body, separate);
    }

    static InMemory inMemory(byte[] body) {
        return new InMemory(body, null);
    }

    /** The message in the body of a {@code send_raw} request. */
    static byte[] mimeIn(byte[] body) {
        return Submission.parse(body).message().bytes();
    }

    final class InMemory implements StoredRequest {
        private final byte[] body;
        private final byte[] separate;
        private volatile Exchange exchange;

        private InMemory(byte[] body, byte[] separate) {
            this.body = body;
            this.separate = separate;
        }

        @Override
        public byte[] body() {
            return body;
        }

        @Override
        public byte[] mime() {
            return separate == null ? mimeIn(body) : separate;
        }

        /** Null if the message is in the body. */
        byte[] separate() {
            return separate;
        }

        @Override
        public Exchange exchange() {
            return exchange;
        }

        @Override
        public void answered(Exchange with) {
            exchange = with;
        }
    }
}
