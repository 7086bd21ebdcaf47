package io.flaremail.samples.outbox;

import jakarta.jms.JMSException;

/** Runs transactions, each whole or not at all. After a failure, such as of the broker, the next one begins with a new session. */
final class Transactions implements AutoCloseable {
    private final Broker broker;
    private BrokerSession session;

    Transactions(Broker broker) {
        this.broker = broker;
    }

    interface Work {
        void run(BrokerSession session) throws JMSException;
    }

    void run(Work work) throws JMSException {
        boolean done = false;
        try {
            if (session == null) {
                session = new BrokerSession(broker);
            }
            work.run(session);
            session.commit();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public void close() throws JMSException {
        BrokerSession open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
