import java.util.Map;
import org.apache.nifi.processors.standard.PutEmail;
import org.apache.nifi.util.LogMessage;
import org.apache.nifi.util.TestRunner;
import org.apache.nifi.util.TestRunners;

/** NiFi's processor, whose properties are an SMTP server's host, port, user and password, in NiFi's own mock of a flow. */
public class NiFiMail {
    /** Host, port, user, password, recipient. */
    public static void main(String[] args) {
        TestRunner runner = TestRunners.newTestRunner(new PutEmail());
        runner.setProperty(PutEmail.SMTP_HOSTNAME, args[0]);
        runner.setProperty(PutEmail.SMTP_PORT, args[1]);
        runner.setProperty(PutEmail.SMTP_USERNAME, args[2]);
        runner.setProperty(PutEmail.SMTP_PASSWORD, args[3]);
        runner.setProperty(PutEmail.SMTP_AUTH, "true");
        runner.setProperty(PutEmail.SMTP_TLS, "false");
        runner.setProperty(PutEmail.FROM, "billing@example.com");
        runner.setProperty(PutEmail.TO, args[4]);
        runner.setProperty(PutEmail.BCC, "blind@example.org");
        runner.setProperty(PutEmail.SUBJECT, "Your invoice");
        runner.setProperty(PutEmail.MESSAGE, "<p>Attached.</p>");
        runner.setProperty(PutEmail.CONTENT_TYPE, "text/html");
        runner.setProperty(PutEmail.ATTACH_FILE, "true");
        runner.enqueue("17;no room\n".getBytes(), Map.of("filename", "invoice.csv"));
        runner.run();
        System.out.println(
                runner.getFlowFilesForRelationship(PutEmail.REL_SUCCESS).isEmpty() ? "failure" : "sent");
        for (LogMessage message : runner.getLogger().getErrorMessages()) {
            System.out.println(message.getMsg() + " " + message.getThrowable());
        }
        System.exit(0);
    }
}
