package io.flaremail.samples.outbox;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Where the queues are: in a folder of this application, or at a broker elsewhere. */
public final class Broker implements AutoCloseable {
    /** It would tell of every message, with its addresses; kept here, since a logger that nobody holds forgets its level. */
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");

    /** Messages neither expire nor are given up by the broker. */
    private static final SimpleString NEVER_USED = SimpleString.of("never.used");

    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    private final EmbeddedActiveMQ embedded;
    private final ActiveMQConnectionFactory factory;

    private Broker(EmbeddedActiveMQ embedded, String url) {
        this.embedded = embedded;
        this.factory = new ActiveMQConnectionFactory(url);
    }

    /** A broker in this process, which keeps what it holds in this folder; one process at a time can have it. */
    public static Broker embedded(Path folder) throws Exception {
        return serving(folder, "vm://" + EMBEDDED.incrementAndGet());
    }

    /** The same for others too, at a URL such as {@code tcp://127.0.0.1:61616}. */
    static Broker serving(Path folder, String url) throws Exception {
        LOG.setLevel(Level.WARNING);
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(folder, url));
        server.start();
        return new Broker(server, url);
    }

    /**
     * One that runs elsewhere, such as {@code tcp://broker.example.com:61616}. Its address settings should have
     * {@code max-delivery-attempts} -1 for {@code outbox.#}, since Artemis counts a courier's crash as a delivery and takes a message
     * away after ten; {@code default-max-consumers} 1 for {@code outbox.sending.#}, which turns a second courier of the same name away;
     * and no {@code auto-delete-queues}.
     */
    public static Broker at(String url) {
        return new Broker(null, url);
    }

    Connection connect() throws JMSException {
        Connection connection = factory.createConnection();
        try {
            connection.start();
            return connection;
        } catch (JMSException refused) {
            connection.close();
            throw refused;
        }
    }

    /** How many clients the broker in this process has. */
    int connections() {
        return embedded.getActiveMQServer().getConnectionCount();
    }

    private static Configuration configuration(Path folder, String url) throws Exception {
        AddressSettings everywhere = new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDeadLetterAddress(NEVER_USED) // or it warns that there is none, for each queue
                .setExpiryAddress(NEVER_USED)
                .setMaxDeliveryAttempts(-1);
        return new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("here", url)
                .addAddressSetting("#", everywhere)
                .addAddressSetting(Outbox.SENDING + "#", new AddressSettings().setDefaultMaxConsumers(1));
    }

    @Override
    public void close() {
        factory.close();
        try {
            if (embedded != null) {
                embedded.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException("The broker did not stop in order; nothing is lost by that", e);
        }
    }
}
