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

/** The broker of the queues: in a folder of this application, or a remote one. */
public final class Broker implements AutoCloseable {
    /** At INFO it logs every message with its addresses. A field, since an unreferenced logger loses its level. */
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");

    /** Has no queue: only expired events are sent to it, and are discarded. */
    private static final SimpleString NOWHERE = SimpleString.of("nowhere");

    private static final AtomicInteger EMBEDDED = new AtomicInteger();

    private final EmbeddedActiveMQ embedded;
    private final ActiveMQConnectionFactory factory;

    private Broker(EmbeddedActiveMQ embedded, String url) {
        this.embedded = embedded;
        this.factory = new ActiveMQConnectionFactory(url);
        factory.setConsumerWindowSize(0); // a courier must not hold back messages from the others
    }

    /** A broker in this process, which stores messages in this folder; only one process at a time can use it. */
    public static Broker embedded(Path folder) throws Exception {
        return serving(folder, "vm://" + EMBEDDED.incrementAndGet());
    }

    /** As {@link #embedded}, also for other processes, at a URL such as {@code tcp://127.0.0.1:61616}. */
    static Broker serving(Path folder, String url) throws Exception {
        LOG.setLevel(Level.WARNING);
        EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(folder, url));
        server.start();
        return new Broker(server, url);
    }

    /**
     * A remote broker, such as {@code tcp://broker.example.com:61616}. Its address settings should have
     * {@code max-delivery-attempts} -1 for {@code outbox.#}, since Artemis counts a courier's crash as a delivery and
     * removes a message after ten; {@code default-max-consumers} 1 for {@code outbox.sending.#}, which rejects a second
     * courier of the same name; and no {@code auto-delete-queues}.
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

    /** The number of clients of the broker in this process. */
    int connections() {
        return embedded.getActiveMQServer().getConnectionCount();
    }

    private static Configuration configuration(Path folder, String url) throws Exception {
        AddressSettings everywhere = new AddressSettings()
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDeadLetterAddress(NOWHERE) // otherwise it warns for each queue
                .setExpiryAddress(NOWHERE)
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
            throw new IllegalStateException("The broker did not stop cleanly; no message is lost", e);
        }
    }
}
