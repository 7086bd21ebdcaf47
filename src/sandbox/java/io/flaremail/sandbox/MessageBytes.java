package io.flaremail.sandbox;

/** The bytes of one accepted message. They are in memory once: the message is a part of the request. */
interface MessageBytes {
    MessageBytes NONE = new InMemory(new byte[0], new byte[0]);

    /** The body of the request; empty for a message that came by SMTP. */
    byte[] request();

    /** The message as received: before its Message-ID was replaced. */
    byte[] mime();

    /** @param separate the message if the request has it in another form; otherwise null */
    record InMemory(byte[] request, byte[] separate) implements MessageBytes {
        @Override
        public byte[] mime() {
            return separate != null
                    ? separate
                    : Submission.parse(request).message().bytes();
        }
    }
}
