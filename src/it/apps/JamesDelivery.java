import com.google.common.collect.ImmutableList;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.SendFailedException;
import javax.mail.Session;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.server.core.MailImpl;
import org.apache.james.transport.mailets.remote.delivery.MailDelivrerToHost;
import org.apache.james.transport.mailets.remote.delivery.RemoteDeliveryConfiguration;
import org.apache.mailet.HostAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetConfig;
import org.apache.mailet.MailetContext;

/** Apache James's remote delivery of one message to one host, which casts its transport to SMTPTransport. */
public class JamesDelivery {
    /** Host, port, user, password, recipient, value of mail.smtp.class or "-". */
    public static void main(String[] args) throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("heloName", "localhost");
        parameters.put("gateway", args[0] + ":" + args[1]);
        parameters.put("gatewayUsername", args[2]);
        parameters.put("gatewayPassword", args[3]);
        if (!args[5].equals("-")) {
            parameters.put("mail.smtp.class", args[5]);
        }
        MailetConfig config = (MailetConfig) Proxy.newProxyInstance(
                JamesDelivery.class.getClassLoader(), new Class<?>[] {MailetConfig.class}, (proxy, method, given) ->
                        switch (method.getName()) {
                            case "getInitParameter" -> parameters.get(given[0]);
                            case "getInitParameterNames" -> parameters.keySet().iterator();
                            case "getMailetName" -> "RemoteDelivery";
                            default -> null;
                        });
        MailDelivrerToHost delivery = new MailDelivrerToHost(
                new RemoteDeliveryConfiguration(config, nothing(DomainList.class)), nothing(MailetContext.class));
        Mail mail = MailImpl.builder()
                .name("invoice")
                .sender("billing@example.com")
                .addRecipient(args[4])
                .mimeMessage(message(args[4]))
                .build();
        try {
            System.out.println(delivery.tryDeliveryToHost(
                                    mail,
                                    ImmutableList.of(new InternetAddress(args[4])),
                                    new HostAddress(args[0], "smtp://" + args[0] + ":" + args[1]))
                            .getExecutionState()
                    == org.apache.james.transport.mailets.remote.delivery.ExecutionResult.ExecutionState.SUCCESS
                    ? "sent"
                    : "failure");
        } catch (SendFailedException e) {
            System.out.println("invalid " + java.util.Arrays.toString(e.getInvalidAddresses()) + ": " + e.getMessage());
        } catch (MessagingException e) {
            System.out.println(e.getMessage());
        }
        System.exit(0);
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                JamesDelivery.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> null));
    }

    private static MimeMessage message(String to) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress("billing@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("Your invoice");
        message.setText("Attached.");
        message.saveChanges();
        return message;
    }
}
